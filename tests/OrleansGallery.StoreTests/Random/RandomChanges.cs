using System.Globalization;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Changes that a service could make, of few identities with few images, so that they meet again.</summary>
/// <param name="random">The source of chance.</param>
/// <param name="scale">How many times more identities there are, and are changed at once.</param>
public sealed class RandomChanges(Random random, int scale = 1)
{
    private static readonly string[] Names = ["a", "A", "é", "z", "\uFFFD", "\U00010000", "b b", "b%", "0", "ab"];
    private static readonly string[] Facets = ["", "", "c1", "c2"];

    // Of its own, so that the images' sequence and its root hash are what they were before there were attributes.
    private readonly Random _attributes = new(9);
    private readonly string[] _ids = [.. Names.SelectMany(name => Enumerable.Range(0, 3 * scale).Select(
        i => i == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{i}")))];

    /// <summary>The identities that there may be.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>A few identities' changes.</summary>
    /// <param name="partition">Their partition.</param>
    /// <param name="partitions">How many there are.</param>
    public IdentityChange[] Next(OwnedPartition partition, int partitions)
    {
        string[] ids = [.. _ids.Where(id => TestIds.PartitionOf(id, partitions) == partition.Key.Partition)];
        return [.. Enumerable.Range(0, random.Next(1, (3 * scale) + 1)).Select(_ => Pick(ids)).Distinct()
            .Select(id => Next(partition, id))];
    }

    private IdentityChange Next(OwnedPartition partition, string id)
    {
        ModelIdentity? identity = partition.Identities.GetValueOrDefault(id);
        if (random.Next(8) == 0)
        {
            return IdentityChange.Delete(id);
        }

        string[] known = identity is null ? [] : [.. identity.Ordered.Select(image => image.ImageId)];
        string[] removed = [.. known.Where(_ => random.Next(4) == 0)];
        StoredImage[] added =
        [
            .. Enumerable.Range(0, random.Next(0, 4)).Select(_ => $"{Pick(Names)}{random.Next(2)}").Distinct()
                .Where(image => !known.Contains(image) || removed.Contains(image))
                .Select(image => TestImages.Of(id, image, Pick(Facets), random.Next(3))),
        ];
        return identity is not null && random.Next(12) == 0
            ? Cancel(identity, id)
            : new IdentityChange(id, removed, added) { Attributes = Attributes() };
    }

    private AttributeSet? Attributes() => _attributes.Next(3) > 0 ? null : AttributeSet.Of(
        Names.Where(_ => _attributes.Next(4) == 0).Select(
            key => KeyValuePair.Create(key, $"{Names[_attributes.Next(Names.Length)]}\"\\{key}")));

    // One image and its opposite stay: the identity has no direction.
    private static IdentityChange Cancel(ModelIdentity identity, string id)
    {
        StoredImage kept = identity.Ordered[0];
        StoredImage opposite = TestImages.Opposite(kept, "opposite");
        return kept.ImageId == opposite.ImageId
            ? IdentityChange.Delete(id)
            : new IdentityChange(id, [.. identity.Images.Keys.Where(image => image != kept.ImageId)], [opposite]);
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
