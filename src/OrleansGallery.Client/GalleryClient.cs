using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <summary>
/// The HTTP API as methods. Safe for concurrent use. Every failed request is a <see cref="GalleryApiException"/>.
/// </summary>
public sealed partial class GalleryClient : IDisposable
{
    private readonly HttpClient? _owned;
    private readonly ApiConnection _api;

    /// <summary>Talks to the service at an address, over connections of its own.</summary>
    /// <param name="url">The service's address, for example <c>http://127.0.0.1:5210</c>.</param>
    /// <param name="options">Limits; null: the defaults.</param>
    public GalleryClient(Uri url, GalleryClientOptions? options = null)
        : this(CreateHttp(url), options) => _owned = Http;

    /// <summary>Talks through an <see cref="HttpClient"/> that somebody else owns.</summary>
    /// <param name="http">
    /// Its <see cref="HttpClient.BaseAddress"/> is the service's address, with a slash at the end. Its own time-out
    /// also holds for whole ingest requests: make it infinite.
    /// </param>
    /// <param name="options">Limits; null: the defaults.</param>
    public GalleryClient(HttpClient http, GalleryClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is null)
        {
            throw new ArgumentException("The HttpClient has no BaseAddress.", nameof(http));
        }

        Http = http;
        options ??= new GalleryClientOptions();
        _api = new ApiConnection(http, options.Timeout, options.Key);
    }

    private GalleryClient(HttpClient http, ApiConnection api) => (Http, _api) = (http, api);

    private HttpClient Http { get; }

    /// <summary>
    /// The same service, which is to take so long at most for each request: searches then answer with the partitions
    /// that made it, and what does not is refused as <see cref="ErrorCodes.TimedOut"/>. Ingestion has no such limit.
    /// </summary>
    /// <param name="limit">1 millisecond to 1 minute.</param>
    /// <returns>A client over the connections of this one, which are disposed of here.</returns>
    public GalleryClient WithLimit(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, TimeSpan.FromMinutes(1));
        return new GalleryClient(Http, _api.WithLimit(limit));
    }

    /// <summary>The same service, asked with a key.</summary>
    /// <param name="key">The key, <c>gk_…</c>; null: none.</param>
    /// <returns>A client over the connections of this one, which are disposed of here.</returns>
    public GalleryClient WithKey(string? key) => new(Http, _api.WithKey(key));

    /// <summary>Whether the service takes requests.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where it does not answer, or says that it is not ready.</returns>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "readyz");
            using HttpResponseMessage response = await _api.SendAsync(request, cancellationToken);
            return true;
        }
        catch (GalleryApiException)
        {
            return false;
        }
    }

    /// <summary>Creates a gallery.</summary>
    /// <param name="request">What it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The gallery.</returns>
    public Task<GalleryResponse> CreateGalleryAsync(
        CreateGalleryRequest request, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<GalleryResponse>(ApiConnection.Path("galleries"), request, cancellationToken);

    /// <summary>All galleries, by name, page after page.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The galleries.</returns>
    public async Task<IReadOnlyList<GalleryResponse>> ListGalleriesAsync(CancellationToken cancellationToken = default)
    {
        List<GalleryResponse> galleries = [];
        GalleryListResponse page;
        string? cursor = null;
        do
        {
            page = await ListGalleriesAsync(cursor, 100, cancellationToken);
            galleries.AddRange(page.Galleries);
            cursor = page.Next;
        }
        while (cursor is not null);
        return galleries;
    }

    /// <summary>One page of galleries.</summary>
    /// <param name="cursor">Null for the first page, else the last page's
    /// <see cref="GalleryListResponse.Next"/>.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page.</returns>
    public Task<GalleryListResponse> ListGalleriesAsync(
        string? cursor, int limit, CancellationToken cancellationToken = default) =>
        _api.GetAsync<GalleryListResponse>(ApiConnection.Path("galleries") + Paging(cursor, limit), cancellationToken);

    /// <summary>A gallery's settings, counts and root hash.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The gallery.</returns>
    public Task<GalleryResponse> GetGalleryAsync(string gallery, CancellationToken cancellationToken = default) =>
        _api.GetAsync<GalleryResponse>(ApiConnection.Path("galleries", gallery), cancellationToken);

    /// <summary>Deletes a gallery with all it holds.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was deleted.</returns>
    public Task<GalleryResponse> DeleteGalleryAsync(string gallery, CancellationToken cancellationToken = default) =>
        _api.SendAsync<GalleryResponse>(
            HttpMethod.Delete, ApiConnection.Path("galleries", gallery), content: null, cancellationToken,
            takesLong: true);

    /// <summary>What the cluster consists of and where everything is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The cluster as it is now.</returns>
    public Task<ClusterResponse> GetClusterAsync(CancellationToken cancellationToken = default) =>
        _api.GetAsync<ClusterResponse>(ApiConnection.Path("cluster"), cancellationToken);

    /// <summary>Recomputes every sum of a gallery from its stored images. It may take long, and is not cut off by
    /// <see cref="GalleryClientOptions.Timeout"/>.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was read and what differed.</returns>
    public Task<VerificationResponse> VerifyAsync(string gallery, CancellationToken cancellationToken = default) =>
        _api.SendAsync<VerificationResponse>(
            HttpMethod.Post, ApiConnection.Path("galleries", gallery) + ":verify", content: null, cancellationToken,
            takesLong: true);

    /// <summary>One page of identities.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cursor">Null for the first page, else the last page's
    /// <see cref="IdentityListResponse.Next"/>.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page.</returns>
    public Task<IdentityListResponse> ListIdentitiesAsync(
        string gallery, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default) =>
        _api.GetAsync<IdentityListResponse>(
            ApiConnection.Path("galleries", gallery, "identities") + Paging(cursor, limit), cancellationToken);

    /// <summary>All identities, page after page.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The identities, by partition, then by id.</returns>
    public async IAsyncEnumerable<IdentityListEntry> EnumerateIdentitiesAsync(
        string gallery, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? cursor = null;
        do
        {
            IdentityListResponse page = await ListIdentitiesAsync(gallery, cursor, 1_000, cancellationToken);
            foreach (IdentityListEntry entry in page.Identities)
            {
                yield return entry;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>One identity.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The identity.</returns>
    public Task<IdentityResponse> GetIdentityAsync(
        string gallery, string identity, CancellationToken cancellationToken = default) =>
        _api.GetAsync<IdentityResponse>(IdentityPath(gallery, identity), cancellationToken);

    /// <summary>One identity with its centroid, and without the dispersion, for which images would be read.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The identity.</returns>
    public Task<IdentityResponse> GetCentroidAsync(
        string gallery, string identity, CancellationToken cancellationToken = default) =>
        _api.GetAsync<IdentityResponse>(IdentityPath(gallery, identity) + "?includeVector=true", cancellationToken);

    /// <summary>A page of what an identity's images are to it, and the identities that are easily taken for
    /// it.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="against">The identity whose centroid's score is explained; null: this one's own.</param>
    /// <param name="cursor">Null for the first page, else the last page's <see cref="InsightResponse.Next"/>.</param>
    /// <param name="limit">At most so many images, 1 to 1,000.</param>
    /// <param name="similar">How many other identities at most, 0 to 100.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page.</returns>
    public Task<InsightResponse> GetInsightAsync(
        string gallery, string identity, string? against = null, string? cursor = null, int limit = 100,
        int similar = 5, CancellationToken cancellationToken = default) =>
        _api.GetAsync<InsightResponse>(
            IdentityPath(gallery, identity) + "/insight" + Paging(cursor, limit)
            + string.Create(CultureInfo.InvariantCulture, $"&similar={similar}")
            + (against is null ? string.Empty : "&against=" + Uri.EscapeDataString(against)),
            cancellationToken);

    /// <summary>Deletes an identity with all its images.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<DeletionReceipt> DeleteIdentityAsync(
        string gallery, string identity, CancellationToken cancellationToken = default) =>
        _api.SendAsync<DeletionReceipt>(
            HttpMethod.Delete, IdentityPath(gallery, identity), content: null, cancellationToken);

    /// <summary>Deletes an identity with all its images, if it is as it was read.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="etag">Its <see cref="IdentityResponse.ETag"/>; another state is refused as
    /// <see cref="ErrorCodes.PreconditionFailed"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<DeletionReceipt> DeleteIdentityAsync(
        string gallery, string identity, string etag, CancellationToken cancellationToken = default) =>
        _api.SendAsync<DeletionReceipt>(
            HttpMethod.Delete, IdentityPath(gallery, identity), content: null, cancellationToken,
            headers: headers => headers.TryAddWithoutValidation("If-Match", etag));

    /// <inheritdoc />
    public void Dispose() => _owned?.Dispose();

    private static string IdentityPath(string gallery, string identity) =>
        ApiConnection.Path("galleries", gallery, "identities", identity);

    private static string Paging(string? cursor, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"?limit={limit}")
        + (cursor is null ? string.Empty : "&cursor=" + Uri.EscapeDataString(cursor));

    private static HttpClient CreateHttp(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{url}' is no address of the form http://host:port.", nameof(url));
        }

        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(5),
            UseProxy = !url.IsLoopback,
        };
        string address = url.GetLeftPart(UriPartial.Path);
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(address.EndsWith('/') ? address : address + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }
}
