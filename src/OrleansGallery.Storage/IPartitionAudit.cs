namespace OrleansGallery.Storage;

/// <summary>Receives everything a partition holds, from one consistent snapshot: its identities, then their
/// images.</summary>
public interface IPartitionAudit
{
    /// <summary>Called once, first.</summary>
    /// <param name="position">Where the partition stands in the snapshot.</param>
    void OnPosition(PartitionPosition position);

    /// <summary>Called per identity, in the order of ids.</summary>
    /// <param name="identity">The identity with its sums.</param>
    void OnIdentity(StoredIdentity identity);

    /// <summary>Called per image, in the order of identity and image ids, after all identities.</summary>
    /// <param name="identityId">The image's identity.</param>
    /// <param name="image">The image with its embedding.</param>
    void OnImage(string identityId, StoredImage image);
}
