using System.IO.Hashing;
using System.Text;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// A sample of a gallery's images with their genuine scores: one image of each identity in rounds until there are
/// enough, identities and images by the smallest keyed hashes. What changes while it is read is left out.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="gallery">The gallery.</param>
/// <param name="seed">The hashes' key.</param>
internal sealed class CalibrationSample(IGalleryStore store, Gallery gallery, int seed)
{
    /// <summary>At most so many images.</summary>
    public const int MaxImages = 10_000;

    /// <summary>Chooses identities, and how many images to take of each.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Ids and numbers, which add up to <see cref="MaxImages"/> at most.</returns>
    public async Task<IReadOnlyList<(string IdentityId, int Images)>> ChooseAsync(CancellationToken cancellationToken)
    {
        // The largest hash is first to go.
        PriorityQueue<IdentityListing, ulong> chosen =
            new(Comparer<ulong>.Create((one, other) => other.CompareTo(one)));
        await foreach (IdentityListing identity in store.WalkIdentitiesAsync(gallery.Number, cancellationToken))
        {
            // Of what could not be decided nobody knows whose it is.
            if (identity.Count > 0 && !identity.Attributes.AreAmbiguous())
            {
                chosen.Enqueue(identity, HashOf(identity.IdentityId));
                if (chosen.Count > MaxImages)
                {
                    chosen.Dequeue();
                }
            }
        }

        IdentityListing[] identities =
            [.. chosen.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];
        int[] taken = TakeInRounds([.. identities.Select(identity => identity.Count)], MaxImages);
        return [.. identities.Zip(taken, (identity, images) => (identity.IdentityId, images))];
    }

    /// <summary>One of each in rounds, in their order.</summary>
    /// <param name="counts">How many there are of each.</param>
    /// <param name="most">How many to take of all.</param>
    /// <returns>How many to take of each.</returns>
    internal static int[] TakeInRounds(IReadOnlyList<long> counts, int most)
    {
        int[] taken = new int[counts.Count];
        int left = most;
        for (bool isOver = false; left > 0 && !isOver;)
        {
            isOver = true;
            for (int i = 0; i < taken.Length && left > 0; i++)
            {
                if (taken[i] < counts[i])
                {
                    taken[i]++;
                    left--;
                    isOver = false;
                }
            }
        }

        return taken;
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
        foreach (StoredImage listed in identity.Images
            .OrderBy(image => HashOf($"{identityId}\0{image.ImageId}")).Take(most))
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
