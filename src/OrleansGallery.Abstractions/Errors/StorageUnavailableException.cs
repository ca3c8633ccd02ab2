namespace OrleansGallery.Abstractions;

/// <summary>The storage cannot be read or written now.</summary>
[GenerateSerializer, Alias("gallery.StorageUnavailableException")]
public sealed class StorageUnavailableException(string message) : StorageException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
