using System.Runtime.CompilerServices;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>What happens in a gallery.</content>
public sealed partial class GalleryClient
{
    /// <summary>
    /// Follows a gallery's changes. When the connection breaks it connects again and goes on where it was, for as long
    /// as it takes; events come at least once, those of an identity in the order of its versions. A key's limits hold
    /// for it, a time limit of this client does not. A standing search by a stored identity or image is made a vector
    /// anew with each connection; give the vector for one that stays the same.
    /// </summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="request">Which events, and from where on; null: all from now on.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The events, without end; <see cref="GalleryEvent.Cursor"/> is where to go on after each.</returns>
    /// <exception cref="GalleryApiException">The first request fails, or the service ends the stream for good: the
    /// gallery was deleted, the key was revoked.</exception>
    public async IAsyncEnumerable<GalleryEvent> WatchAsync(
        string gallery, WatchRequest? request = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using EventReader reader = new(
            _api, ApiConnection.Path("galleries", gallery, "events"), request ?? new WatchRequest());
        while (true)
        {
            yield return await reader.NextAsync(cancellationToken);
        }
    }
}
