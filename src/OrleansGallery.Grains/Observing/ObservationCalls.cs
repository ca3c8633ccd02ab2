using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Questions of an observer, asked again where the cluster is in motion. They change nothing.</summary>
/// <param name="grains">Reaches identities and galleries.</param>
/// <param name="time">The clock.</param>
internal sealed class ObservationCalls(IGrainFactory grains, TimeProvider time)
{
    private const int Attempts = 8;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>An identity as it is now.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identityId">The identity.</param>
    /// <returns>The identity; null: there is none.</returns>
    public Task<IdentitySnapshot?> FindIdentityAsync(Gallery gallery, string identityId) =>
        OrNullAsync<IdentitySnapshot, IdentityNotFoundException>(
            () => grains.IdentityGrain(gallery, identityId).GetAsync(withDispersion: false));

    /// <summary>Whether an identity is there, without having it read.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identityId">The identity.</param>
    public async Task<bool> HasImagesAsync(Gallery gallery, string identityId) => (await AskAsync(
        () => grains.PartitionGrain(
                gallery.Number, gallery.Partitions, PartitionFunction.PartitionOf(identityId, gallery.Partitions))
            .GetVersionAsync(identityId))).Version > 0;

    /// <summary>Whether an identity has an image of an observation.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="image">The image.</param>
    public async Task<bool> HasImageAsync(Gallery gallery, string identityId, ObservedImage image) =>
        (await AskAsync(() => grains.IdentityGrain(gallery, identityId)
            .FindAsync(image.ImageId, Convert.FromHexString(image.ContentHash))))?.Outcome == EnrolOutcome.Duplicate;

    /// <summary>What an operation did.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="operationId">The operation.</param>
    /// <returns>Its receipt; null: none is remembered.</returns>
    public Task<OperationReceipt?> FindOperationAsync(Gallery gallery, string operationId) =>
        OrNullAsync<OperationReceipt, OperationNotFoundException>(
            () => grains.GalleryGrain(gallery.Name).GetOperationAsync(operationId));

    /// <summary>What is remembered of an observation.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="observationId">The observation.</param>
    /// <param name="digest">SHA-256 of its contents; null: whatever they were.</param>
    /// <returns>What was decided; null: nothing is remembered.</returns>
    /// <exception cref="ImageChangedException">It was of other images.</exception>
    public Task<ObservationRecord?> FindObservationAsync(Gallery gallery, string observationId, byte[]? digest) =>
        AskAsync(() => grains.GalleryGrain(gallery.Name).FindObservationAsync(observationId, digest));

    private async Task<T?> OrNullAsync<T, TMissing>(Func<Task<T>> call)
        where T : class
        where TMissing : GalleryException
    {
        try
        {
            return await AskAsync(call);
        }
        catch (TMissing)
        {
            return null;
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call().WaitAsync(AnswerTime, time);
            }
            catch (Exception exception) when (
                attempt < Attempts && ClusterFailures.Translate(exception) is { Retryable: true }
                    and not StorageException)
            {
                await Task.Delay(attempt * (0.5 + Random.Shared.NextDouble()) * Pause, time);
            }
        }
    }
}
