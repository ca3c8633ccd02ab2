namespace OrleansGallery.Abstractions;

/// <summary>
/// Hands an imported model's file from the store, which only gallery silos reach, to the silos that run models.
/// Stateless; key: the model's id.
/// </summary>
[Alias("gallery.IModelFileGrain")]
public interface IModelFileGrain : IGrainWithStringKey
{
    /// <summary>What is stored of the model.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Its file; null: there is none.</returns>
    [Alias("Find"), ResponseTimeout("00:00:15")]
    Task<ModelFile?> FindAsync(CancellationToken cancellationToken);

    /// <summary>Reads a part of the file; at most 4 MB.</summary>
    /// <param name="file">The file as it was found.</param>
    /// <param name="chunk">Which part, from 0.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Its bytes, not checked; null: the file is gone.</returns>
    [Alias("ReadChunk"), ResponseTimeout("00:00:30")]
    Task<byte[]?> ReadChunkAsync(ModelFile file, int chunk, CancellationToken cancellationToken);
}
