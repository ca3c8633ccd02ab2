namespace OrleansGallery.Storage;

/// <summary>A partition's row.</summary>
/// <param name="Key">The partition.</param>
/// <param name="Owner">Which activation owns it; <see cref="Guid.Empty"/>: none.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Totals">What it holds.</param>
public sealed record PartitionState(PartitionKey Key, Guid Owner, PartitionPosition Position, StoredTotals Totals);
