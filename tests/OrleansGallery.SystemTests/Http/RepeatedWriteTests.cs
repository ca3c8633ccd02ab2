using System.Net.Http.Headers;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Writes that are sent again because their answer was lost, and lists that go on meanwhile.</summary>
public sealed class RepeatedWriteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_AgainUnderAKey_IsAnsweredWithTheGallery()
    {
        string body = $$"""{"name":"key {{Guid.NewGuid():N}}","dimension":4,"partitions":2,"margin":0.5}""";
        using HttpResponseMessage first = await CreateAsync(body, "k1");
        using HttpResponseMessage again = await CreateAsync(body, "k1");
        using HttpResponseMessage other = await CreateAsync(
            body.Replace("0.5", "0.25", StringComparison.Ordinal), "k1");
        using HttpResponseMessage keyless = await CreateAsync(body, key: null);
        Assert.Equal((201, 200), ((int)first.StatusCode, (int)again.StatusCode));
        Assert.Equal(
            await first.Content.ReadAsStringAsync(Cancelled), await again.Content.ReadAsStringAsync(Cancelled));
        await RunningService.ProblemAsync(other, 409, ErrorCodes.GalleryExists);
        await RunningService.ProblemAsync(keyless, 409, ErrorCodes.GalleryExists);
    }

    [Fact]
    public async Task Create_KeyThatIsTooLong_IsRefused()
    {
        using HttpResponseMessage response = await CreateAsync("""{"name":"k","dimension":4}""", new string('k', 257));
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Enrol_Again_IsADuplicateAndCountsOnce()
    {
        string gallery = await service.CreateGalleryAsync();
        EnrolImageRequest image = new() { Vector = [1, 0, 0, 0] };
        EnrolImageResponse first = await service.Client.EnrolAsync(gallery, "a", image, Cancelled);
        EnrolImageResponse again = await service.Client.EnrolAsync(gallery, "a", image, Cancelled);
        Assert.Equal((EnrolStatus.Searchable, EnrolStatus.Duplicate), (first.Status, again.Status));
        Assert.Equal((first.Version, 1L), (again.Version, again.Count));
    }

    [Fact]
    public async Task ListGalleries_PageByPage_YieldsEachOnceInOrder()
    {
        string[] own = [await service.CreateGalleryAsync(), await service.CreateGalleryAsync()];
        List<string> names = [];
        string? cursor = null;
        do
        {
            GalleryListResponse page = await service.Client.ListGalleriesAsync(cursor, 1, Cancelled);
            names.AddRange(page.Galleries.Select(gallery => gallery.Name));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(names.Distinct().Order(IdOrder.Instance), names);
        Assert.All(own, name => Assert.Contains(name, names));
    }

    private async Task<HttpResponseMessage> CreateAsync(string body, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/galleries")
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await service.Http.SendAsync(request, Cancelled);
    }
}
