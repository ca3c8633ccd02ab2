namespace OrleansGallery.Abstractions;

/// <summary>
/// One identity and the single writer of its images and sums. Key: <see cref="GrainKeys.Identity"/>. What it answers
/// is durable.
/// </summary>
[Alias("gallery.IIdentityGrain")]
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>The images of a page with embeddings: of 4,096 dimensions they are 4 MiB.</summary>
    const int MostEmbeddings = 256;

    /// <summary>Folds one image in; answered when it is durable and searchable.</summary>
    /// <param name="image">The embedded image.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="InvalidEmbeddingException">The embedding is refused; nothing changed.</exception>
    /// <exception cref="ImageErasedException">Its content was erased and is refused; nothing changed.</exception>
    /// <exception cref="RetryException">The owner changed or the outcome is unknown; send it again.</exception>
    [Alias("Enrol")]
    Task<EnrolReceipt> EnrolAsync(ImageToEnrol image);

    /// <summary>Folds a decided observation in, with what is remembered of it, in one commit. A provisional identity
    /// that it completes is one as any other from then on.</summary>
    /// <param name="sighting">The observation.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="IdentityNotFoundException">It was to join, and the identity is not there.</exception>
    /// <exception cref="IdentityExistsException">It was to found, and the identity is there.</exception>
    /// <exception cref="ImageChangedException">The identity has other content under one of its ids.</exception>
    /// <exception cref="InvalidEmbeddingException">An embedding is refused; nothing changed.</exception>
    /// <exception cref="ImageErasedException">A content was erased and is refused; nothing changed.</exception>
    /// <exception cref="InvalidRequestException">Its id is taken: it was decided already.</exception>
    /// <exception cref="RetryException">The owner changed or the outcome is unknown; ask what is remembered.
    /// </exception>
    [Alias("Observe")]
    Task<SightingReceipt> ObserveAsync(Sighting sighting);

    /// <summary>Removes the images that an observation brought, and remembers that it was undone.</summary>
    /// <param name="record">The observation.</param>
    /// <returns>How many images the identity has left.</returns>
    /// <exception cref="ImageNotFoundException">It has not all of them; nothing changed.</exception>
    /// <exception cref="RetryException">The owner changed or the outcome is unknown; ask what is remembered.
    /// </exception>
    [Alias("UndoObservation")]
    Task<long> UndoObservationAsync(ObservationRecord record);

    /// <summary>Removes the identity with all its images, at one version only.</summary>
    /// <param name="expectedVersion">The version.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="IdentityNotFoundException">There is none.</exception>
    /// <exception cref="PreconditionFailedException">It has changed; nothing was removed.</exception>
    /// <exception cref="RetryException">The owner changed or the outcome is unknown; send it again.</exception>
    [Alias("DeleteAt")]
    Task<RemovalReceipt> DeleteAtAsync(long expectedVersion);

    /// <summary>Whether an image is enrolled already, so that it need not be decoded and embedded again.</summary>
    /// <param name="imageId">The image's id.</param>
    /// <param name="contentHash">SHA-256 of its content, 32 bytes.</param>
    /// <returns>Duplicate or conflict; null: it is not enrolled.</returns>
    /// <exception cref="RetryException">The owner changed; ask again.</exception>
    [Alias("Find")]
    Task<EnrolReceipt?> FindAsync(string imageId, byte[] contentHash);

    /// <summary>Removes one image; its sum is taken back exactly.</summary>
    /// <param name="imageId">The image.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="ImageNotFoundException">There is none.</exception>
    /// <exception cref="RetryException">The owner changed or the outcome is unknown; send it again.</exception>
    [Alias("RemoveImage")]
    Task<RemovalReceipt> RemoveImageAsync(string imageId);

    /// <summary>Removes the identity with all its images.</summary>
    /// <returns>What was removed.</returns>
    /// <exception cref="IdentityNotFoundException">There is none.</exception>
    /// <exception cref="RetryException">The owner changed or the outcome is unknown; send it again.</exception>
    [Alias("Delete")]
    Task<RemovalReceipt> DeleteAsync();

    /// <summary>Changes the identity's attributes; answered when they are durable and searches see them. They go with
    /// the identity.</summary>
    /// <param name="request">The change, by the rules of <see cref="AttributeRules"/>.</param>
    /// <returns>What it has now; the version is the old one where nothing changed.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    /// <exception cref="InvalidRequestException">It would have too many attributes; nothing changed.</exception>
    /// <exception cref="PreconditionFailedException">It is not at the expected version; nothing changed.</exception>
    /// <exception cref="RetryException">The owner changed or the outcome is unknown; send it again.</exception>
    [Alias("SetAttributes")]
    Task<AttributesReceipt> SetAttributesAsync(AttributesRequest request);

    /// <summary>The identity as it is now.</summary>
    /// <param name="withDispersion">Whether to read images for <see cref="IdentitySnapshot.Dispersion"/>.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="IdentityNotFoundException">There is none.</exception>
    [Alias("Get")]
    Task<IdentitySnapshot> GetAsync(bool withDispersion);

    /// <summary>One image with its stored embedding.</summary>
    /// <param name="imageId">The image.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ImageNotFoundException">There is none.</exception>
    [Alias("GetImage")]
    Task<EnrolledImage> GetImageAsync(string imageId);

    /// <summary>A file that is kept of an image.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="original">The file as it came; false: its thumbnail.</param>
    /// <returns>The file, of at most <see cref="KeptPicture.MaxOriginalBytes"/>.</returns>
    /// <exception cref="ImageNotFoundException">There is no such image.</exception>
    /// <exception cref="PictureNotFoundException">No such file of it is kept.</exception>
    [Alias("GetPicture")]
    Task<KeptFile> GetPictureAsync(string imageId, bool original);

    /// <summary>A page of images, by image id (ordinal).</summary>
    /// <param name="after">Null for the first page, else the last page's <see cref="ImagePage.Next"/>.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <returns>The page.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    [Alias("ListImages")]
    Task<ImagePage> ListImagesAsync(string? after, int limit);

    /// <summary>A page of images with their embeddings, by image id (ordinal).</summary>
    /// <param name="after">Null for the first page, else the last page's <see cref="ImagePage.Next"/>.</param>
    /// <param name="limit">At most so many, 1 to <see cref="MostEmbeddings"/>.</param>
    /// <returns>The page.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    [Alias("ListEmbeddings")]
    Task<ImagePage> ListEmbeddingsAsync(string? after, int limit);

    /// <summary>A page of what images are to the identity, by image id (ordinal).</summary>
    /// <param name="after">Null for the first page, else the last page's <see cref="IdentityInsight.Next"/>.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="compared">The unit vector whose score is explained; null: the identity's own centroid.</param>
    /// <returns>The page.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    /// <exception cref="RetryException">The identity changed all the time; ask again.</exception>
    [Alias("Explain")]
    Task<IdentityInsight> ExplainAsync(string? after, int limit, VectorBytes? compared);

    /// <summary>Parts the identity's images into two groups, around the means of which they lie; nothing is written.
    /// </summary>
    /// <param name="cancellationToken">Gives up while it waits or reads.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    /// <exception cref="InvalidRequestException">It has one image, more than
    /// <see cref="SplitProposal.MaxImages"/>, or all of one direction.</exception>
    /// <exception cref="OverloadedException">Others wait for theirs.</exception>
    /// <exception cref="RetryException">The identity changed all the time; ask again.</exception>
    [Alias("ProposeSplit"), ResponseTimeout("00:05:00")]
    Task<SplitProposal> ProposeSplitAsync(CancellationToken cancellationToken);

    /// <summary>Gives images to another identity, in one commit over both: exact, and done once per operation id.
    /// </summary>
    /// <param name="request">Which, and to whom.</param>
    /// <returns>What was done, now or when it was asked for first.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    /// <exception cref="ImageNotFoundException">It has not all of the images.</exception>
    /// <exception cref="ImageExistsException">The other identity has images of these ids.</exception>
    /// <exception cref="OperationConflictException">The operation's id stands for something else.</exception>
    /// <exception cref="RetryException">Something else is under way at one of the two; ask again.</exception>
    [Alias("Transfer")]
    Task<OperationReceipt> TransferAsync(TransferRequest request);

    /// <summary>Gives back what an operation gave this identity: the sums are taken apart as they were added up.
    /// </summary>
    /// <param name="request">The operation.</param>
    /// <returns>What was done, now or when it was asked for first.</returns>
    /// <exception cref="OperationNotFoundException">There is none that is remembered.</exception>
    /// <exception cref="ImageNotFoundException">Some of the images are not here any more.</exception>
    /// <exception cref="ImageChangedException">Others have their ids by now.</exception>
    /// <exception cref="OperationConflictException">The undoing's own id stands for something else, or the operation is
    /// an erasure.</exception>
    /// <exception cref="ImageExistsException">Their old identity has images of these ids by now.</exception>
    /// <exception cref="RetryException">Something else is under way at one of the two; ask again.</exception>
    [Alias("Undo")]
    Task<OperationReceipt> UndoAsync(UndoRequest request);

    /// <summary>Removes an image, or the identity with all its images, for good: nothing of it is left in the store, it
    /// cannot be undone, and the gallery refuses its contents for a while. Done once per operation id.</summary>
    /// <param name="request">What.</param>
    /// <returns>What was done, now or when it was asked for first; by now nothing of it is left.</returns>
    /// <exception cref="IdentityNotFoundException">There is no such identity.</exception>
    /// <exception cref="ImageNotFoundException">It has no such image.</exception>
    /// <exception cref="OperationConflictException">The operation's id stands for something else.</exception>
    /// <exception cref="RetryException">Something else is under way at the identity; ask again.</exception>
    [Alias("Erase"), ResponseTimeout("00:02:00")]
    Task<ErasureReceipt> EraseAsync(EraseRequest request);

    /// <summary>An operation of another identity changed this one: what it remembers is out of date.</summary>
    /// <returns>When it will be read anew.</returns>
    [Alias("Forget"), ResponseTimeout("00:00:02")]
    Task ForgetAsync();
}
