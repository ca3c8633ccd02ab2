namespace OrleansGallery.Storage;

/// <summary>
/// The truth: galleries, partitions, identities, sums and images. Writes are synchronous, because they all run on one
/// thread, the committer's, which has nothing else to do; reads are asynchronous and may run at any time beside them.
/// Every failed write leaves the store as it was or, where its outcome is unknown (a lost connection), is found out by
/// <see cref="RetakePartition"/>. A <see cref="StoreException"/> says that the store cannot do its work, and whether a
/// write may have happened all the same.
/// </summary>
public interface IGalleryStore : IDisposable
{
    /// <summary>Creates a gallery and its partitions at epoch 0, sequence 0.</summary>
    /// <param name="gallery">The gallery; its number is ignored.</param>
    /// <returns>The gallery with its number; null: the name is taken.</returns>
    GalleryRecord? CreateGallery(GalleryRecord gallery);

    /// <summary>Deletes a gallery at once: nobody can write to it or read it by name any more. What it held goes by
    /// <see cref="PurgeDeleted"/>.</summary>
    /// <param name="number">The gallery's number.</param>
    /// <returns>Whether it existed.</returns>
    bool DeleteGallery(long number);

    /// <summary>Deletes some of what deleted galleries held, so that no transaction gets long.</summary>
    /// <param name="rows">About how many rows at most.</param>
    /// <returns>Whether there may be more.</returns>
    bool PurgeDeleted(int rows);

    /// <summary>Takes a partition for a new activation: its epoch grows by one, older activations are fenced
    /// off.</summary>
    /// <param name="key">The partition.</param>
    /// <returns>The new position; null: there is no such partition.</returns>
    PartitionPosition? TakePartition(PartitionKey key);

    /// <summary>
    /// Takes a partition anew after a commit of unknown outcome, only if nobody else took it meanwhile. If the token
    /// that comes back is the commit's, it happened; else it never will.
    /// </summary>
    /// <param name="key">The partition.</param>
    /// <param name="epoch">The epoch that the caller believes it owns.</param>
    /// <returns>The new position; null: somebody else owns the partition, or it is gone.</returns>
    PartitionPosition? RetakePartition(PartitionKey key, long epoch);

    /// <summary>Writes a group in one transaction; each partition only where its epoch and sequence still
    /// match.</summary>
    /// <param name="writes">The partitions' shares, each partition once.</param>
    /// <returns>Per share whether it was applied; false: the partition was taken by another activation.</returns>
    /// <exception cref="StoreDataException">The data of one of them was refused; nothing was written.</exception>
    IReadOnlyList<bool> Commit(IReadOnlyList<PartitionWrite> writes);

    /// <summary>Stores a gallery's search basis in the place of the one before it, which the caller has seen: of two
    /// who learned one from the same state, the first succeeds.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="expectedVersion">The version that is to be replaced; 0: there is none.</param>
    /// <param name="basis">The new basis, of a later version.</param>
    /// <returns>Whether it was stored; false: another came first, or there is no such gallery.</returns>
    bool PutSearchBasis(long gallery, long expectedVersion, StoredBasis basis);

    /// <summary>Writes something and takes it back: whether there is room again after a failure.</summary>
    /// <exception cref="StoreException">The store takes no writes.</exception>
    void CheckWritable();

    /// <summary>All galleries, by name.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The galleries.</returns>
    Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken);

    /// <summary>One gallery.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The gallery; null: there is none.</returns>
    Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken);

    /// <summary>One gallery.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The gallery; null: there is none.</returns>
    Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken);

    /// <summary>The version of a gallery's search basis; cheap, as its bytes are not read.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The version; 0: there is no basis, or no such gallery.</returns>
    Task<long> ReadSearchBasisVersionAsync(long gallery, CancellationToken cancellationToken);

    /// <summary>A gallery's search basis.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The basis; null: there is none, or no such gallery.</returns>
    Task<StoredBasis?> ReadSearchBasisAsync(long gallery, CancellationToken cancellationToken);

    /// <summary>Where a partition stands now.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The position; null: there is no such partition.</returns>
    Task<PartitionPosition?> ReadPositionAsync(PartitionKey key, CancellationToken cancellationToken);

    /// <summary>Reads a partition's identities with their sums, in the order of ids, from one snapshot.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="onIdentity">Called per identity, on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>When all were read.</returns>
    Task ReadPartitionAsync(
        PartitionKey key, Action<StoredIdentity> onIdentity, CancellationToken cancellationToken);

    /// <summary>Reads a partition with all images and embeddings, from one snapshot.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="audit">Receives it, on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>When all was read.</returns>
    Task AuditPartitionAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken);

    /// <summary>One identity with its sums and its images (without embeddings), from one snapshot.</summary>
    /// <param name="key">Its partition.</param>
    /// <param name="identityId">Its id.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The identity; null: it has no image.</returns>
    Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken);

    /// <summary>A page of identities by id (order of their UTF-8 bytes).</summary>
    /// <param name="key">The partition.</param>
    /// <param name="after">The page starts behind this id; null: at the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The page.</returns>
    Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        PartitionKey key, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of an identity's images by id (order of their UTF-8 bytes).</summary>
    /// <param name="key">The partition.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="after">The page starts behind this id; null: at the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="withEmbeddings">Whether to read the embeddings.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The page.</returns>
    Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
        CancellationToken cancellationToken);

    /// <summary>One image with its embedding.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The image; null: there is none.</returns>
    Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken);
}
