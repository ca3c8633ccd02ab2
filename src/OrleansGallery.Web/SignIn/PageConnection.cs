using System.Security.Claims;
using OrleansGallery.Client;

namespace OrleansGallery.Web;

/// <summary>The page's way to the service: the HTTP API that everybody has, and nothing else. One for all circuits: a
/// circuit that ends disposes of what was made for it.</summary>
/// <param name="connect">Reaches the service; asked when the first page is shown, as nothing listens before.</param>
/// <param name="asksForKeys">Whether visitors have to sign in.</param>
internal sealed class PageConnection(Func<HttpClient> connect, bool asksForKeys) : IDisposable
{
    // A failure is not kept: nothing may have listened yet.
    private readonly Lazy<HttpClient> _http = new(connect, LazyThreadSafetyMode.PublicationOnly);
    private GalleryClient? _client;

    public bool AsksForKeys => asksForKeys;

    /// <summary>Asks without a key.</summary>
    public GalleryClient Client => _client ??= new GalleryClient(_http.Value);

    /// <summary>Asks with a visitor's key.</summary>
    /// <param name="visitor">Who signed in; null, or one without a key: nobody.</param>
    public GalleryClient ClientOf(ClaimsPrincipal? visitor) =>
        Client.WithKey(visitor is null ? null : PageSession.KeyOf(visitor));

    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }
}
