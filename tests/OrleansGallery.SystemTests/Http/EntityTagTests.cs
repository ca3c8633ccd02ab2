using System.Net;
using System.Net.Http.Headers;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Fixtures;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Identities by version: not sent again to those who know them, not changed by those who do not.</summary>
public sealed class EntityTagTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_KnownVersion_IsNotModifiedUntilItChanges()
    {
        string path = await EnrolledAsync();
        using HttpResponseMessage first = await SendAsync(HttpMethod.Get, path);
        string tag = first.Headers.ETag!.Tag;
        using HttpResponseMessage known = await SendAsync(HttpMethod.Get, path, ("If-None-Match", $"\"0-0\", W/{tag}"));
        Assert.Equal((HttpStatusCode.NotModified, tag), (known.StatusCode, known.Headers.ETag!.Tag));
        Assert.Empty(await known.Content.ReadAsByteArrayAsync(Cancelled));
        using HttpResponseMessage enrolled = await service.PostAsync(path + "/images", """{"vector":[0,1,0,0]}""");
        using HttpResponseMessage changed = await SendAsync(HttpMethod.Get, path, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag!.Tag);
        Assert.Equal(enrolled.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Delete_OfAnotherVersion_IsRefusedAndDeletesNothing()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.Client.EnrolAsync(gallery, "a", new() { Vector = [1, 0, 0, 0], ImageId = "1" }, Cancelled);
        IdentityResponse seen = await service.Client.GetIdentityAsync(gallery, "a", Cancelled);
        await service.Client.EnrolAsync(gallery, "a", new() { Vector = [0, 1, 0, 0] }, Cancelled);
        GalleryApiException stale = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.DeleteIdentityAsync(gallery, "a", seen.ETag!, Cancelled));
        Assert.Equal((412, ErrorCodes.PreconditionFailed), (stale.Status, stale.Code));
        IdentityResponse now = await service.Client.GetIdentityAsync(gallery, "a", Cancelled);
        Assert.Equal(2, now.Count);
        using PictureFolder folder = new();
        DeletionReceipt receipt = await new GalleryCommand(service, folder.Models).JsonAsync<DeletionReceipt>(
            0, "delete", gallery, "a", "--if-match", now.ETag!);
        Assert.Equal(2, receipt.ImagesRemoved);
    }

    [Theory]
    [InlineData("DELETE", "", "*", 200, null)]
    [InlineData("DELETE", "/images/1", "*", 200, null)]
    [InlineData("DELETE", "", "\"1-1\"", 412, ErrorCodes.PreconditionFailed)]
    [InlineData("DELETE", "/images/1", "\"1-1\"", 412, ErrorCodes.PreconditionFailed)]
    [InlineData("POST", "/images", "\"1-1\"", 412, ErrorCodes.PreconditionFailed)]
    [InlineData("DELETE", "", "1-1", 400, ErrorCodes.InvalidRequest)]
    [InlineData("DELETE", "x", "*", 412, ErrorCodes.PreconditionFailed)]
    public async Task Write_WithIfMatch_HoldsToIt(string method, string rest, string tag, int status, string? code)
    {
        string path = await EnrolledAsync() + rest;
        using HttpResponseMessage response = await SendAsync(new HttpMethod(method), path, ("If-Match", tag));
        Assert.Equal(status, (int)response.StatusCode);
        if (code is not null)
        {
            await RunningService.ProblemAsync(response, status, code);
        }
    }

    [Fact]
    public async Task Tag_OfAGalleryOfTheSameNameLater_IsAnother()
    {
        CreateGalleryRequest request = new() { Name = $"tags {Guid.NewGuid():N}", Dimension = 4, Partitions = 1 };
        HashSet<string> tags = [];
        for (int round = 0; round < 2; round++)
        {
            await service.Client.CreateGalleryAsync(request, Cancelled);
            await service.Client.EnrolAsync(request.Name, "a", new() { Vector = [1, 0, 0, 0] }, Cancelled);
            tags.Add((await service.Client.GetIdentityAsync(request.Name, "a", Cancelled)).ETag!);
            await service.Client.DeleteGalleryAsync(request.Name, Cancelled);
        }

        Assert.Equal(2, tags.Count);
    }

    private async Task<string> EnrolledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.Client.EnrolAsync(gallery, "a", new() { Vector = [1, 0, 0, 0], ImageId = "1" }, Cancelled);
        return $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/a";
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(
                """{"vector":[1,1,0,0]}""", MediaTypeHeaderValue.Parse("application/json"));
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await service.Http.SendAsync(request, Cancelled);
    }
}
