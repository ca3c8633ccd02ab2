using System.Net.Http.Headers;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Streams of events and the keys that they were begun with.</summary>
public sealed class EventKeyTests(KeyedService service) : IClassFixture<KeyedService>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_TheKeyIsRevoked_TheStreamEndsBeforeTheNextEvent()
    {
        string gallery = $"g{Guid.NewGuid():N}";
        await service.Admin.CreateGalleryAsync(
            new CreateGalleryRequest { Name = gallery, Dimension = 4, Partitions = 2 }, Cancelled);
        KeyResponse key = await service.CreateAsync(KeyRole.Read, gallery);
        using HttpClient http = new() { BaseAddress = service.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Key);
        using EventTap tap = await EventTap.OpenAsync(http, gallery);
        await service.Admin.EnrolAsync(gallery, "anna", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        Assert.Equal("anna", (await tap.NextAsync()).Identity);

        await service.Admin.RevokeKeyAsync(key.Id, Cancelled);
        using GalleryClient revoked = service.With(key.Key);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await MayReadAsync(revoked, gallery))
        {
            await Task.Delay(50, limit.Token);
        }

        await service.Admin.EnrolAsync(gallery, "bob", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        GalleryEvent end = await tap.NextAsync();

        Assert.Equal((GalleryEventKind.End, ErrorCodes.Unauthorized), (end.Kind, end.Error?.Code));
        Assert.Null(await tap.TryNextAsync());
    }

    private static async Task<bool> MayReadAsync(GalleryClient client, string gallery)
    {
        try
        {
            await client.GetGalleryAsync(gallery, Cancelled);
            return true;
        }
        catch (GalleryApiException refused) when (refused.Code == ErrorCodes.Unauthorized)
        {
            return false;
        }
    }
}
