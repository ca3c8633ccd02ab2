namespace OrleansGallery.Storage;

/// <summary>What an activation believes it owns.</summary>
/// <param name="Key">The partition.</param>
/// <param name="Owner">The activation: numbers alone do not tell two owners apart whose database lost its last
/// commits.</param>
/// <param name="Epoch">The epoch at which it owns the partition.</param>
public readonly record struct PartitionOwner(PartitionKey Key, Guid Owner, long Epoch);
