using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Lists the store's galleries. Reentrant: it has no state.</summary>
[GrainType("gallery.list"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed class GalleryListGrain(IGalleryStore store) : Grain, IGalleryListGrain
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<Gallery>> ListAsync() =>
        [.. (await store.ListGalleriesAsync(CancellationToken.None)).Select(StoreRecords.ToGallery)];
}
