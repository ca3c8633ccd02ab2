using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>A service that asks for keys, and an administrator's.</summary>
public sealed class KeyedService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public string AuditFile => _folder.File("audit.jsonl");

    /// <summary>Sends no key.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>May do everything.</summary>
    public GalleryClient Admin { get; private set; } = new(GalleryClientOptions.DefaultUrl);

    public async ValueTask InitializeAsync()
    {
        _app = RunningService.Build(
            _folder.Root, ("Keys", "required"), ("AuditFile", AuditFile), ("AuditSearches", "true"));
        await _app.StartAsync();
        Url = GalleryHost.AddressOf(_app);
        Http = new HttpClient { BaseAddress = Url };
        Admin = With(await StoreAsync(new CreateKeyRequest { Name = "admin", Role = KeyRole.Admin }));
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    public GalleryClient With(string? key) => new(Url, new GalleryClientOptions { Key = key });

    /// <summary>Makes a key over HTTP.</summary>
    public async Task<KeyResponse> CreateAsync(KeyRole role, params string[] galleries) =>
        await Admin.CreateKeyAsync(
            new CreateKeyRequest
            {
                Name = $"{role}", Role = role, Galleries = galleries.Length == 0 ? null : galleries,
            },
            TestContext.Current.CancellationToken);

    /// <summary>Makes a key as somebody at the store does; it may be over.</summary>
    /// <returns>The key.</returns>
    public async Task<string> StoreAsync(CreateKeyRequest request, DateTimeOffset? now = null)
    {
        NewKey key = NewKey.Of(request, now ?? DateTimeOffset.UtcNow);
        await _app!.Services.GetRequiredService<IGrainFactory>().GetGrain<IKeysGrain>(0).AddAsync(key.Stored);
        return key.Text;
    }
}
