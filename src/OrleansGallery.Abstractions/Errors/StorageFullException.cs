namespace OrleansGallery.Abstractions;

/// <summary>There is no room for a write; nothing was written, and searches go on.</summary>
[GenerateSerializer, Alias("gallery.StorageFullException")]
public sealed class StorageFullException(string message) : StorageException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
