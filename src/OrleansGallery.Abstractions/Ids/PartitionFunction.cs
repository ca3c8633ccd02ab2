using OrleansGallery.Retrieval;

namespace OrleansGallery.Abstractions;

/// <summary>Which partition of a gallery an identity belongs to.</summary>
public static class PartitionFunction
{
    /// <summary>The partition of the identity's slot.</summary>
    /// <param name="identityId">The identity's id.</param>
    /// <param name="partitions">How many partitions the gallery has, 1 to <see cref="IdentitySlot.Slots"/>.</param>
    /// <returns>The partition, from 0.</returns>
    public static int PartitionOf(string identityId, int partitions) =>
        IdentitySlot.PartitionOf(IdentitySlot.Of(identityId), partitions);
}
