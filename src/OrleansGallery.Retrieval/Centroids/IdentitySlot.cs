using System.IO.Hashing;
using System.Text;

namespace OrleansGallery.Retrieval;

/// <summary>
/// Identities fall into slots for ever; partitions are made of whole slots. Rows that are kept by slot stay where they
/// are when a gallery is cut into another number of partitions.
/// </summary>
public static class IdentitySlot
{
    /// <summary>How many slots there are, and the most partitions that a gallery can have.</summary>
    public const int Slots = 4096;

    /// <summary>XxHash64 of the identity's id in UTF-8, modulo <see cref="Slots"/>.</summary>
    /// <param name="identityId">The identity's id.</param>
    /// <returns>The slot, from 0.</returns>
    public static int Of(string identityId)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        return (int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(identityId)) % Slots);
    }

    /// <summary>The partition that a slot belongs to: the slot modulo the number of partitions, evenest where that is
    /// a power of two.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="partitions">How many partitions the gallery has, 1 to <see cref="Slots"/>.</param>
    /// <returns>The partition, from 0.</returns>
    public static int PartitionOf(int slot, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        return slot % partitions;
    }
}
