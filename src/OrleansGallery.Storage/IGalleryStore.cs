namespace OrleansGallery.Storage;

/// <summary>
/// The truth: galleries, partitions, identities, sums and images. Several processes may use it at once. It fails in
/// exactly two ways: <see cref="StoreDataException"/>, the data were refused and nothing was written, and
/// <see cref="StoreAwayException"/>, which says whether a write may have happened all the same. What may be repeated is
/// repeated inside, up to a limit, before it fails; a commit never is.
/// </summary>
public interface IGalleryStore : IDisposable
{
    /// <summary>The files of imported models.</summary>
    IModelFiles Models { get; }

    /// <summary>The keys of the HTTP API.</summary>
    IStoredKeys Keys { get; }

    /// <summary>How many <see cref="CommitAsync"/> of different partitions are worth having under way at
    /// once.</summary>
    int ConcurrentCommits { get; }

    /// <summary>Creates a gallery and its partitions, owned by nobody, at epoch 0 and sequence 0. May be
    /// repeated.</summary>
    /// <param name="gallery">The gallery; its number is ignored.</param>
    /// <param name="token">Of this creation alone; by it a repetition finds what it made before.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The gallery with its number; null: the name is taken.</returns>
    Task<GalleryRecord?> CreateGalleryAsync(GalleryRecord gallery, Guid token, CancellationToken cancellationToken);

    /// <summary>Deletes a gallery at once: nobody can write to it or read it by name any more. What it held goes by
    /// <see cref="PurgeAsync"/>. May be repeated.</summary>
    /// <param name="number">The gallery's number.</param>
    /// <param name="token">Of this deletion alone; by it a repetition hears the same.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether this call deleted it; false: there was none.</returns>
    Task<bool> DeleteGalleryAsync(long number, Guid token, CancellationToken cancellationToken);

    /// <summary>Deletes some of what deleted galleries and identities held, and removals, operations and refusals that
    /// nobody needs any more, so that no transaction gets long. Several processes may do so at once.</summary>
    /// <param name="rows">About how many rows at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether there may be more.</returns>
    Task<bool> PurgeAsync(int rows, CancellationToken cancellationToken);

    /// <summary>Deletes some of what an identity held in its earlier lives. Several processes may do so at
    /// once.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="rows">About how many rows at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether there may be more; false: nothing of it is left.</returns>
    Task<bool> PurgeIdentityAsync(
        PartitionKey key, string identityId, int rows, CancellationToken cancellationToken);

    /// <summary>Takes what was deleted out of the store's own files, too, as far as the store itself keeps older states
    /// there.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it is done; false: somebody still reads an older state.</returns>
    Task<bool> TryForgetDeletedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes a partition for a new activation: its epoch grows by one, and older owners are fenced off from then on;
    /// waits for a commit under way. May be repeated: an owner that has it already gets the same epoch again.
    /// </summary>
    /// <param name="key">The partition.</param>
    /// <param name="owner">The activation.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What was taken; null: there is no such partition.</returns>
    Task<TakenPartition?> TakePartitionAsync(PartitionKey key, Guid owner, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a partition anew after a commit of unknown outcome, if this owner still has it: to the epoch after
    /// <see cref="PartitionOwner.Epoch"/>, so that it may be repeated with the same argument. If the token that comes
    /// back is the commit's, it happened; else it never will.
    /// </summary>
    /// <param name="held">What the caller believes it owns.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The new position; null: somebody else owns the partition, or it is gone.</returns>
    Task<PartitionPosition?> RetakePartitionAsync(PartitionOwner held, CancellationToken cancellationToken);

    /// <summary>Hands a partition over: it belongs to nobody until somebody takes it, and its old owner can commit
    /// nothing more. May be repeated.</summary>
    /// <param name="held">What the caller owns.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it belongs to nobody now; false: to somebody else, or it is gone.</returns>
    Task<bool> ReleasePartitionAsync(PartitionOwner held, CancellationToken cancellationToken);

    /// <summary>Whether owners still own what they believe, and where it stands; a read.</summary>
    /// <param name="held">What they believe; epochs count.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>One sequence each, in order; null: the partition is another's, or gone.</returns>
    Task<IReadOnlyList<long?>> ConfirmOwnersAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a group in one transaction; each partition only where its owner, epoch and sequence still match. Never
    /// repeated inside. One commit of a partition at a time.
    /// </summary>
    /// <param name="writes">The partitions' shares, each partition once.</param>
    /// <returns>Per share whether it was applied; false: the partition is another's, or gone; nothing of the share was
    /// written.</returns>
    /// <exception cref="StoreDataException">The data of one of them were refused, or the content of one of their images
    /// was erased; nothing was written of any.</exception>
    Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes);

    /// <summary>
    /// Writes an operation over two identities in one transaction, if the owner, epoch and sequence of every share
    /// still match. Never repeated inside; a commit of all its partitions.
    /// </summary>
    /// <param name="write">The operation.</param>
    /// <returns>Whether it was written; false: a partition is another's, or went on, or is gone; nothing was.</returns>
    /// <exception cref="StoreDataException">The data were refused, an operation of this id is there already, an image
    /// is at its target or not at its source; nothing was written.</exception>
    Task<bool> CommitJointAsync(JointWrite write);

    /// <summary>Writes an erasure in one transaction, if the owner, epoch and sequence of its share still match. Never
    /// repeated inside; a commit of its partition. What is left of an identity goes by
    /// <see cref="PurgeIdentityAsync"/>.</summary>
    /// <param name="write">The erasure.</param>
    /// <returns>Whether it was written; false: the partition is another's, or went on, or is gone; nothing
    /// was.</returns>
    /// <exception cref="StoreDataException">The data were refused, an operation of this id is there already, or the
    /// images are others; nothing was written.</exception>
    Task<bool> CommitErasureAsync(ErasureWrite write);

    /// <summary>Which contents were erased and are refused still.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="digests">SHA-256 of the contents asked for.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Those that are refused, each once, in any order.</returns>
    Task<IReadOnlyList<ErasedContent>> FindErasedAsync(
        long gallery, IReadOnlyList<byte[]> digests, CancellationToken cancellationToken);

    /// <summary>An operation that was carried out.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="id">The operation's id.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The operation; null: there is none, or it is not remembered any more.</returns>
    Task<StoredOperation?> ReadOperationAsync(long gallery, string id, CancellationToken cancellationToken);

    /// <summary>Stores a gallery's search basis in the place of the one before it, which the caller has seen: of two
    /// who learned one from the same state, the first succeeds. May be repeated.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="expectedVersion">The version that is to be replaced; 0: there is none.</param>
    /// <param name="basis">The new basis, of a later version.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether these bytes are stored; false: another came first, or there is no such gallery.</returns>
    Task<bool> PutSearchBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken);

    /// <summary>Stores a gallery's settings in the place of those that the caller has seen: of two who change the same,
    /// the first succeeds. May be repeated.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="expected">What is to be replaced, as <see cref="GalleryRecord.Settings"/> had it.</param>
    /// <param name="settings">The new ones.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether these are stored; false: another came first, or there is no such gallery.</returns>
    Task<bool> PutSettingsAsync(
        long gallery, string expected, string settings, CancellationToken cancellationToken);

    /// <summary>Writes something and takes it back: whether the store takes writes.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it does.</returns>
    /// <exception cref="StoreAwayException">It takes none.</exception>
    Task CheckWritableAsync(CancellationToken cancellationToken);

    /// <summary>All galleries, by name (order of UTF-8 bytes).</summary>
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

    /// <summary>Where a gallery's partitions stand, from one snapshot, without reading what they hold.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>One state per partition, in order; none: there is no such gallery.</returns>
    Task<IReadOnlyList<PartitionState>> ReadPartitionsAsync(long gallery, CancellationToken cancellationToken);

    /// <summary>Where one partition stands now.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The state; null: there is no such partition.</returns>
    Task<PartitionState?> ReadPartitionAsync(PartitionKey key, CancellationToken cancellationToken);

    /// <summary>Streams the rows of a partition's identities with their facets, in any order, from one snapshot;
    /// nothing is buffered.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="after">Only identities that changed after this sequence; 0: all.</param>
    /// <param name="onRow">Called per identity, on one thread at a time; what it throws ends the read.</param>
    /// <param name="cancellationToken">Ends the read at the next row.</param>
    /// <returns>When all were read.</returns>
    Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken);

    /// <summary>The identities that were removed after a sequence. One that was added again since is among
    /// <see cref="ReadRowsAsync"/>'s rows as well.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="after">The sequence.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The removals; null: they are no longer known as far back, load everything.</returns>
    Task<IReadOnlyList<StoredRemoval>?> ReadRemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken);

    /// <summary>Reads a partition with all images and embeddings, from one snapshot.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="audit">Receives it, on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>When all was read; nothing was, where there is no such partition.</returns>
    Task AuditPartitionAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken);

    /// <summary>One identity with its sums and its images (without embeddings), from one snapshot.</summary>
    /// <param name="key">Its partition.</param>
    /// <param name="identityId">Its id.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The identity; null: it has no image.</returns>
    Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken);

    /// <summary>A page of a gallery's identities by id (order of their UTF-8 bytes), over all partitions.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="after">The page starts behind this id; null: at the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The page.</returns>
    Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        long gallery, string? after, int limit, CancellationToken cancellationToken);

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

    /// <summary>A file of what is kept of an image.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="kind">Which file.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The file; null: there is no such image, or nothing of it is kept.</returns>
    Task<PictureFile?> ReadPictureAsync(
        PartitionKey key, string identityId, string imageId, PictureKind kind, CancellationToken cancellationToken);

    /// <summary>How many bytes the pictures of a gallery's images take; those of deleted images count until they are
    /// purged. It reads an entry of an index per picture.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The bytes.</returns>
    Task<long> ReadPictureBytesAsync(long gallery, CancellationToken cancellationToken);
}
