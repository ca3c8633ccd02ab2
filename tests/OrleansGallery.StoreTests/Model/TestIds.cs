using System.Globalization;
using OrleansGallery.Retrieval;

namespace OrleansGallery.StoreTests;

/// <summary>Ids that belong to a partition: a store may keep identities by slot.</summary>
public static class TestIds
{
    /// <summary>The partition that an id belongs to.</summary>
    public static int PartitionOf(string identityId, int partitions) =>
        IdentitySlot.PartitionOf(IdentitySlot.Of(identityId), partitions);

    /// <summary>An id of a partition that begins with a name.</summary>
    public static string In(int partition, int partitions, string name) => Enumerable.Range(0, int.MaxValue)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}{i}"))
        .First(id => PartitionOf(id, partitions) == partition);
}
