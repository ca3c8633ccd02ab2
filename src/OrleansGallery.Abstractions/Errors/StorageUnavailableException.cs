namespace OrleansGallery.Abstractions;

/// <summary>The storage cannot be read or written now.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.StorageUnavailableException")]
public sealed class StorageUnavailableException(string message) : StorageException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
