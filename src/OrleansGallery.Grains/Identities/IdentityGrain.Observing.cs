using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <content>Observations.</content>
internal sealed partial class IdentityGrain
{
    private DateTimeOffset Expiry => time.GetUtcNow() + committing.Value.KeepOperations;

    /// <inheritdoc />
    public Task<SightingReceipt> ObserveAsync(Sighting sighting) => RunAsync(
        new ObserveOperation(sighting, Expiry, ReadEmbeddingAsync));

    /// <inheritdoc />
    public Task<long> UndoObservationAsync(ObservationRecord record) => RunAsync(
        new UndoObservationOperation(record with { UndoneAt = time.GetUtcNow() }, Expiry));

    /// <inheritdoc />
    public Task<RemovalReceipt> DeleteAtAsync(long expectedVersion) =>
        RemoveAsync(new RemoveOperation(null, expectedVersion));

    private async Task<VectorBytes> ReadEmbeddingAsync(string imageId) =>
        (await GetImageAsync(imageId)).Embedding!.Value;
}
