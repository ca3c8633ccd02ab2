using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>A service that asks for keys, with a gallery that holds <see cref="Identity"/> and one that is empty.
/// </summary>
public sealed class KeyedPage : IAsyncLifetime
{
    public const string People = "people";
    public const string Nobody = "nobody yet";
    public const string Identity = "anna";

    private OwnService? _service;

    public Uri Url => _service!.Url;

    /// <summary>May do everything.</summary>
    public GalleryClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is null)
        {
            return;
        }

        _service = await OwnService.StartAsync("required");
        Admin = With(await _service.MakeKeyAsync(KeyRole.Admin));
        await FillAsync(Admin);
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    public GalleryClient With(string key) => new(Url, new GalleryClientOptions { Key = key });

    public Task<string> MakeKeyAsync(KeyRole role, params string[] galleries) =>
        _service!.MakeKeyAsync(role, galleries);

    public Task<string> MakeKeyAsync(CreateKeyRequest request, DateTimeOffset when) =>
        _service!.MakeKeyAsync(request, when);

    internal static async Task FillAsync(GalleryClient client)
    {
        await client.CreateGalleryAsync(new CreateGalleryRequest { Name = People, Dimension = 4, Partitions = 2 });
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Nobody, Model = "default", Partitions = 2 });
        await client.EnrolAsync(
            People, Identity, new EnrolImageRequest { ImageId = "first", Vector = [1, 2, 3, 4] });
    }
}
