namespace OrleansGallery.Storage;

/// <summary>A partition that was taken.</summary>
/// <param name="State">Where it stands now.</param>
/// <param name="WasHandedOver">Whether nobody owned it before: its last owner released it, or it is new. False: its
/// last owner may still answer from memory for a while.</param>
public sealed record TakenPartition(PartitionState State, bool WasHandedOver);
