using System.Security.Cryptography;

namespace OrleansGallery.Storage;

/// <summary>Whole files, into the store.</summary>
public static class ModelFilesExtensions
{
    /// <summary>Stores a file whole or not at all. May be repeated, and then puts right what was damaged.</summary>
    /// <param name="files">The store's files.</param>
    /// <param name="model">What the file is.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is visible.</returns>
    /// <exception cref="InvalidDataException">The bytes are other ones, or the id is another file's.</exception>
    public static async Task PutAsync(
        this IModelFiles files, StoredModel model, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(content);
        await RefuseAnotherAsync(files, model, cancellationToken);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int number = 0; number < model.Chunks; number++)
        {
            byte[] bytes = new byte[model.LengthOf(number)];
            if (await content.ReadAtLeastAsync(bytes, bytes.Length, false, cancellationToken) < bytes.Length)
            {
                throw new InvalidDataException(
                    $"The file of the model '{model.Id}' is shorter than {model.Length} bytes; it was changed.");
            }

            hash.AppendData(bytes);
            await files.PutChunkAsync(model, number, bytes, cancellationToken);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) is var found && found != model.Sha256)
        {
            throw new InvalidDataException(
                $"The file of the model '{model.Id}' has the SHA-256 {found}, not {model.Sha256}; it was changed.");
        }

        if (!await files.PublishAsync(model, cancellationToken))
        {
            await RefuseAnotherAsync(files, model, cancellationToken);
            throw new InvalidDataException($"The model '{model.Id}' was deleted while it was stored; import it again.");
        }
    }

    private static async Task RefuseAnotherAsync(
        IModelFiles files, StoredModel model, CancellationToken cancellationToken)
    {
        if (await files.FindAsync(model.Id, cancellationToken) is { } other && other != model)
        {
            throw new InvalidDataException(
                $"The store has another file of the model '{model.Id}', with the SHA-256 {other.Sha256} instead of "
                + $"{model.Sha256}; import this one under another --name.");
        }
    }
}
