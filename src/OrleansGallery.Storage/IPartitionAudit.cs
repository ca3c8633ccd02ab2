namespace OrleansGallery.Storage;

/// <summary>Receives everything a partition holds, from one consistent snapshot: its identities, then their
/// images.</summary>
public interface IPartitionAudit
{
    /// <summary>Called once, first.</summary>
    /// <param name="state">Where the partition stands in the snapshot, and what it says of its contents.</param>
    void OnPartition(PartitionState state);

    /// <summary>Called per identity, in the order of ids.</summary>
    /// <param name="row">What searches know of it.</param>
    /// <param name="facets">Its sums.</param>
    void OnIdentity(StoredRow row, IReadOnlyList<StoredFacet> facets);

    /// <summary>Called per image, in the order of identity and image ids, after all identities.</summary>
    /// <param name="identityId">The image's identity.</param>
    /// <param name="image">The image with its embedding.</param>
    void OnImage(string identityId, StoredImage image);
}
