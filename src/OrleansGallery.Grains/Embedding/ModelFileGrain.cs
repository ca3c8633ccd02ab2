using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Reads models' files from the store. Reentrant: it has no state.</summary>
[GrainType("gallery.model-file"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed class ModelFileGrain(IGalleryStore store) : Grain, IModelFileGrain
{
    /// <inheritdoc />
    public async Task<ModelFile?> FindAsync(CancellationToken cancellationToken) =>
        await store.Models.FindAsync(this.GetPrimaryKeyString(), cancellationToken) is { } found
            ? new ModelFile { Sha256 = found.Sha256, Length = found.Length, Chunks = found.Chunks }
            : null;

    /// <inheritdoc />
    public Task<byte[]?> ReadChunkAsync(ModelFile file, int chunk, CancellationToken cancellationToken) =>
        store.Models.ReadChunkAsync(
            new StoredModel(this.GetPrimaryKeyString(), file.Sha256, file.Length), chunk, cancellationToken);
}
