using System.Runtime.CompilerServices;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>All identities of a gallery, page by page.</summary>
internal static class IdentityWalk
{
    private const int Page = 1_000;

    /// <summary>Reads them in the order of their ids.</summary>
    /// <param name="store">The store.</param>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <param name="after">Those behind this id; null: all.</param>
    public static async IAsyncEnumerable<IdentityListing> WalkIdentitiesAsync(
        this IGalleryStore store, long gallery, [EnumeratorCancellation] CancellationToken cancellationToken,
        string? after = null)
    {
        do
        {
            IReadOnlyList<IdentityListing> page =
                await store.ListIdentitiesAsync(gallery, after, Page, cancellationToken);
            foreach (IdentityListing identity in page)
            {
                yield return identity;
            }

            after = page.Count < Page ? null : page[^1].IdentityId;
        }
        while (after is not null);
    }
}
