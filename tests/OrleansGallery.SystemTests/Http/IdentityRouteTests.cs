using System.Globalization;
using System.Text;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

public sealed class IdentityRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("p 42")]
    [InlineData("🦊 fox")]
    [InlineData("a:b;c,d?e#f&g=h+i")]
    [InlineData("%2F")]
    [InlineData("100%")]
    [InlineData("...")]
    [InlineData("~!@$^*()[]{}|\\\"'<>`")]
    [InlineData("Zürich 東京")]
    public async Task EveryRoute_StrangeButAllowedId_RoundTrips(string id)
    {
        string gallery = await service.CreateGalleryAsync();
        EnrolImageResponse enrolled = await service.Client.EnrolAsync(
            gallery, id, new() { Vector = [1, 0, 0, 0], ImageId = id, Facet = id }, Cancelled);
        Assert.Equal((EnrolStatus.Searchable, id, id), (enrolled.Status, enrolled.Identity, enrolled.ImageId));
        IdentityResponse identity = await service.Client.GetIdentityAsync(gallery, id, Cancelled);
        Assert.Equal((id, 1L), (identity.Identity, identity.Facets[id]));
        IdentityListResponse list = await service.Client.ListIdentitiesAsync(gallery, cancellationToken: Cancelled);
        Assert.Equal(id, Assert.Single(list.Identities).Identity);
        ImageResponse image = await service.Client.GetImageAsync(gallery, id, id, Cancelled);
        Assert.Equal((id, id), (image.ImageId, image.Facet));
        SearchResponse found = await service.Client.SearchAsync(gallery, new() { Vector = [1, 0, 0, 0] }, Cancelled);
        Assert.Equal(id, Assert.Single(found.Matches).Identity);
        Assert.Equal(1, (await service.Client.DeleteImageAsync(gallery, id, id, Cancelled)).ImagesRemoved);
    }

    [Fact]
    public async Task Get_LongestAllowedId_IsServedAndOneByteMoreRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        string longest = new('é', 128);
        await service.Client.EnrolAsync(gallery, longest, new() { Vector = [1, 0, 0, 0] }, Cancelled);
        Assert.Equal(longest, (await service.Client.GetIdentityAsync(gallery, longest, Cancelled)).Identity);
        foreach (string tooLong in new[] { longest + "e", new string('x', 300) })
        {
            GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
                () => service.Client.GetIdentityAsync(gallery, tooLong, Cancelled));
            Assert.Equal((400, ErrorCodes.InvalidId), (exception.Status, exception.Code));
        }
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("a%2fb")]
    [InlineData("%2e%2E")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("%FF")]
    [InlineData("a%0Ab")]
    [InlineData("a%7Fb")]
    [InlineData("%zz")]
    public async Task Delete_RawSegmentThatIsNoId_IsRefusedAndDeletesNothing(string segment)
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(gallery, """{"identity":"a","vector":[1,2,3,4]}""");
        (string head, string body) = await RawHttp.SendAsync(
            service.Url,
            $"DELETE /v1/galleries/{Uri.EscapeDataString(gallery)}/identities/{segment} HTTP/1.1\r\n"
            + "Host: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", head, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", head, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{ErrorCodes.InvalidId}\"", body, StringComparison.Ordinal);
        Assert.Equal(1, (await service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task List_MoreThanAPage_YieldsEachOnce()
    {
        string gallery = await service.CreateGalleryAsync();
        StringBuilder lines = new();
        for (int i = 0; i < 25; i++)
        {
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{{\"identity\":\"p{i}\",\"vector\":[1,{i},0,0]}}\n");
        }

        await service.IngestLinesAsync(gallery, lines.ToString());
        List<string> seen = [];
        string? cursor = null;
        do
        {
            IdentityListResponse page = await service.Client.ListIdentitiesAsync(gallery, cursor, 7, Cancelled);
            Assert.InRange(page.Identities.Count, 1, 7);
            seen.AddRange(page.Identities.Select(entry => entry.Identity));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"p{i}").Order(StringComparer.Ordinal), seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=x")]
    [InlineData("limit=0,1")]
    [InlineData("limit=%201")]
    [InlineData("limit=1%20")]
    [InlineData("limit=%2B1")]
    [InlineData("limit=1_000")]
    [InlineData("limit=1e2")]
    [InlineData("limit=1.0")]
    [InlineData("limit=1&limit=2")]
    public async Task List_WrongLimit_IsRefused(string query)
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.Http.GetAsync(
            new Uri($"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities?{query}", UriKind.Relative), Cancelled);
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task List_CursorThatIsNoId_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.Http.GetAsync(
            new Uri($"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities?cursor=a%2Fb", UriKind.Relative),
            Cancelled);
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidId);
    }

    [Fact]
    public async Task Delete_Identity_AnswersTheReceiptAndIsGone()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery, """{"identity":"a","vector":[1,2,3,4]}""" + "\n" + """{"identity":"a","vector":[4,3,2,1]}""");
        IdentityResponse before = await service.Client.GetIdentityAsync(gallery, "a", Cancelled);
        Assert.InRange(before.Dispersion!.Value, 0.01, 1);
        DeletionReceipt receipt = await service.Client.DeleteIdentityAsync(gallery, "a", Cancelled);
        Assert.Equal((2, before.Hash), (receipt.ImagesRemoved, receipt.IdentityHash));
        Assert.Equal(before.Hash, receipt.Partition.HashBefore);
        Assert.Equal(new string('0', 64), receipt.Partition.HashAfter);
        Assert.Equal(before.Version + 1, receipt.Partition.Sequence);
        Assert.Empty((await service.Client.SearchAsync(gallery, new() { Vector = [1, 2, 3, 4] }, Cancelled)).Matches);
        GalleryApiException gone = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.DeleteIdentityAsync(gallery, "a", Cancelled));
        Assert.Equal((404, ErrorCodes.IdentityNotFound), (gone.Status, gone.Code));
    }
}
