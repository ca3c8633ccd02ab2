namespace OrleansGallery.Storage;

/// <summary>Where a partition stands: how often it was taken, and what was committed last.</summary>
/// <param name="Epoch">Which activation owns it.</param>
/// <param name="Sequence">Its count of commits.</param>
/// <param name="Token">The token of the last commit.</param>
public sealed record PartitionPosition(long Epoch, long Sequence, Guid Token);
