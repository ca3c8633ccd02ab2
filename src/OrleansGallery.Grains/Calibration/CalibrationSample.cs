using System.IO.Hashing;
using System.Text;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// A sample of a gallery's images with their genuine scores: of all identities those of the smallest keyed hashes, and
/// of each the same number of images at most. What changes while it is read is left out.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="gallery">The gallery.</param>
/// <param name="seed">The hashes' key.</param>
internal sealed class CalibrationSample(IGalleryStore store, Gallery gallery, int seed)
{
    /// <summary>At most so many identities.</summary>
    public const int MaxIdentities = 2_000;

    /// <summary>At most so many images.</summary>
    public const int MaxImages = 10_000;

    private const int Page = 1_000;

    /// <summary>Chooses identities.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> ChooseAsync(CancellationToken cancellationToken)
    {
        // The largest hash is first to go.
        PriorityQueue<string, ulong> chosen = new(Comparer<ulong>.Create((one, other) => other.CompareTo(one)));
        string? after = null;
        do
        {
            IReadOnlyList<IdentityListing> page =
                await store.ListIdentitiesAsync(gallery.Number, after, Page, cancellationToken);
            foreach (IdentityListing identity in page)
            {
                chosen.Enqueue(identity.IdentityId, HashOf(identity.IdentityId));
                if (chosen.Count > MaxIdentities)
                {
                    chosen.Dequeue();
                }
            }

            after = page.Count < Page ? null : page[^1].IdentityId;
        }
        while (after is not null);
        return [.. chosen.UnorderedItems.Select(item => item.Element).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads images of an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Their embeddings, each with its score against the centroid of the identity's other images; null: there
    /// are none.</returns>
    public async Task<IReadOnlyList<(VectorBytes Embedding, double? Genuine)>> ReadAsync(
        string identityId, int most, CancellationToken cancellationToken)
    {
        PartitionKey key = new(
            gallery.Number, PartitionFunction.PartitionOf(identityId, gallery.Partitions));
        // The sums and the images' hashes are of one snapshot.
        if (await store.ReadIdentityAsync(key, identityId, cancellationToken) is not { } identity)
        {
            return [];
        }

        ImageShares shares = new(StoreRecords.ToCentroid(gallery.Dimension, identity.Facets), null);
        List<(VectorBytes, double?)> read = [];
        foreach (StoredImage listed in identity.Images.OrderBy(image => HashOf(image.ImageId)).Take(most))
        {
            if (await store.ReadImageAsync(key, identityId, listed.ImageId, cancellationToken) is { } image
                && image.ContentHash.AsSpan().SequenceEqual(listed.ContentHash))
            {
                VectorBytes embedding = new(image.Embedding!);
                read.Add((embedding, shares.Of(embedding.Components).ScoreWithout));
            }
        }

        return read;
    }

    private ulong HashOf(string id) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(id), seed);
}
