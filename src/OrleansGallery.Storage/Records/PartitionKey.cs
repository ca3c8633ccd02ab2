namespace OrleansGallery.Storage;

/// <summary>One partition of one gallery.</summary>
/// <param name="Gallery">The gallery's number, never reused.</param>
/// <param name="Partition">The partition, from 0.</param>
public readonly record struct PartitionKey(long Gallery, int Partition);
