namespace OrleansGallery.Grains;

/// <summary>How an activation came by its partition.</summary>
/// <param name="IsTaken">Whether it has raised the epoch; false: it only reads, as the store took no writes.</param>
/// <param name="StoredOwner">The owner that the store named when it was loaded.</param>
/// <param name="GalleryPartitions">Into how many partitions the gallery is cut.</param>
/// <param name="Confirmed">When the store was last asked, a time stamp.</param>
/// <param name="FirstAck">Before this time stamp no write is acknowledged.</param>
internal readonly record struct PartitionClaim(
    bool IsTaken, Guid StoredOwner, int GalleryPartitions, long Confirmed, long FirstAck);
