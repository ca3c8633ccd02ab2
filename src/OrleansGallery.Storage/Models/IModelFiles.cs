namespace OrleansGallery.Storage;

/// <summary>
/// The files of imported models, so that whoever runs models finds them all in one place. A file is stored in chunks
/// and is not there until it is whole. Fails as <see cref="IGalleryStore"/> does, and everything may be repeated.
/// </summary>
public interface IModelFiles
{
    /// <summary>Stores a chunk of a file, in the place of the one before it. Nobody sees it before
    /// <see cref="PublishAsync"/>.</summary>
    /// <param name="model">The file that it will be part of.</param>
    /// <param name="number">Which chunk, from 0.</param>
    /// <param name="bytes">As many as <see cref="StoredModel.LengthOf"/> says.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is stored.</returns>
    Task PutChunkAsync(StoredModel model, int number, byte[] bytes, CancellationToken cancellationToken);

    /// <summary>Makes a file visible whose chunks are all there. What is in them is not looked at.</summary>
    /// <param name="model">The file.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it is visible; false: chunks are missing, or the id is another file's.</returns>
    Task<bool> PublishAsync(StoredModel model, CancellationToken cancellationToken);

    /// <summary>Deletes a file, and what was put of one that was never published.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether this call deleted a visible one.</returns>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>All files that are visible, by id (order of UTF-8 bytes).</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The files.</returns>
    Task<IReadOnlyList<StoredModel>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One file.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The file; null: there is none, or it is not whole.</returns>
    Task<StoredModel?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads a chunk of a visible file.</summary>
    /// <param name="model">The file as it was found.</param>
    /// <param name="number">Which chunk, from 0.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Its bytes, as they were stored; null: the file is gone.</returns>
    Task<byte[]?> ReadChunkAsync(StoredModel model, int number, CancellationToken cancellationToken);
}
