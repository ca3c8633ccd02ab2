using OrleansGallery.Contracts;

namespace OrleansGallery.Abstractions;

/// <summary>One gallery by name: creates, describes, verifies and deletes it. Key: the gallery's name.</summary>
[Alias("gallery.IGalleryGrain")]
public interface IGalleryGrain : IGrainWithStringKey
{
    /// <summary>Creates the gallery and its partitions; durable when it answers.</summary>
    /// <param name="gallery">What the gallery is; number and creation time are assigned here.</param>
    /// <returns>The gallery with number and creation time.</returns>
    /// <exception cref="GalleryExistsException">The name is taken.</exception>
    [Alias("Create")]
    Task<Gallery> CreateAsync(Gallery gallery);

    /// <summary>What the gallery is, from memory.</summary>
    /// <returns>The gallery.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    [Alias("Get")]
    Task<Gallery> GetAsync();

    /// <summary>The gallery with counts and root hash, asked of every partition.</summary>
    /// <returns>The summary.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    [Alias("Describe"), ResponseTimeout("00:05:00")]
    Task<GallerySummary> DescribeAsync();

    /// <summary>Deletes the gallery with all its identities and images.</summary>
    /// <returns>What was deleted.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    [Alias("Delete"), ResponseTimeout("00:05:00")]
    Task<GallerySummary> DeleteAsync();

    /// <summary>A page of identities by id (<see cref="IdOrder"/>).</summary>
    /// <param name="cursor">The page starts behind this id, the last page's <see cref="IdentityPage.Next"/>; null: at
    /// the first.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <returns>The page.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="InvalidIdException">The cursor is no id.</exception>
    [Alias("ListIdentities")]
    Task<IdentityPage> ListIdentitiesAsync(string? cursor, int limit);

    /// <summary>A page of observed identities by id (<see cref="IdOrder"/>). All identities in between are read.
    /// </summary>
    /// <param name="state">Only those of this <see cref="ReservedAttributes.State"/>; null: of any.</param>
    /// <param name="cursor">The page starts behind this id; null: at the first.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <returns>The page.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="InvalidIdException">The cursor is no id.</exception>
    [Alias("ListObserved"), ResponseTimeout("00:05:00")]
    Task<IdentityPage> ListObservedAsync(string? state, string? cursor, int limit);

    /// <summary>Finds identities whose ids are spellings of one name. All ids are read, and nothing is changed.
    /// </summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The names in the order of their bytes; one more than <see cref="IdentitySpellings.MaxNames"/> where
    /// there are more.</returns>
    /// <exception cref="OverloadedException">Others wait for theirs.</exception>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    [Alias("FindSpellings"), ResponseTimeout("00:05:00")]
    Task<IReadOnlyList<IdentitySpellings>> FindSpellingsAsync(CancellationToken cancellationToken);

    /// <summary>Recomputes every sum from the images and compares hashes, partition by partition.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was read and what differed.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    [Alias("Verify"), ResponseTimeout("06:00:00")]
    Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Finds the threshold for a false-positive identification rate by searching a sample of the gallery's
    /// images in the gallery.</summary>
    /// <param name="request">The rate, and whether the threshold becomes the gallery's.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The threshold and its evidence.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="InvalidRequestException">The rate is none.</exception>
    /// <exception cref="CalibrationImpossibleException">The images cannot show the rate.</exception>
    /// <exception cref="IncompleteSearchException">A search did not reach all partitions.</exception>
    /// <exception cref="OverloadedException">Others wait for theirs.</exception>
    [Alias("Calibrate"), ResponseTimeout("06:00:00")]
    Task<CalibrationResponse> CalibrateAsync(CalibrateRequest request, CancellationToken cancellationToken);

    /// <summary>The calibration that the gallery's threshold comes from.</summary>
    /// <returns>The threshold and its evidence.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="CalibrationNotFoundException">It was not calibrated.</exception>
    [Alias("GetCalibration")]
    Task<CalibrationResponse> GetCalibrationAsync();

    /// <summary>Calibrates again, for the same rate, where the gallery has doubled since; slowly.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="CalibrationImpossibleException">The images cannot show the rate any more.</exception>
    /// <exception cref="IncompleteSearchException">A search did not reach all partitions.</exception>
    /// <exception cref="OverloadedException">Others wait for theirs.</exception>
    [Alias("RenewCalibration"), ResponseTimeout("06:00:00")]
    Task<bool> RenewCalibrationAsync(CancellationToken cancellationToken);

    /// <summary>An operation over two identities.</summary>
    /// <param name="operationId">Its id.</param>
    /// <returns>Its receipt.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="OperationNotFoundException">There is none that is remembered.</exception>
    /// <exception cref="OperationConflictException">It is an erasure.</exception>
    [Alias("GetOperation")]
    Task<OperationReceipt> GetOperationAsync(string operationId);

    /// <summary>What is remembered of an observation.</summary>
    /// <param name="observationId">Its id.</param>
    /// <param name="digest">SHA-256 of its images' contents; null: whatever they were.</param>
    /// <returns>What was decided; null: nothing is remembered.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="ImageChangedException">It was of other images.</exception>
    [Alias("FindObservation")]
    Task<ObservationRecord?> FindObservationAsync(string observationId, byte[]? digest);

    /// <summary>An erasure.</summary>
    /// <param name="operationId">Its id.</param>
    /// <returns>Its receipt.</returns>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="OperationNotFoundException">There is none that is remembered.</exception>
    /// <exception cref="OperationConflictException">It is another operation.</exception>
    [Alias("GetErasure")]
    Task<ErasureReceipt> GetErasureAsync(string operationId);
}
