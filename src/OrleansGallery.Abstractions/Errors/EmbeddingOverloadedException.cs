namespace OrleansGallery.Abstractions;

/// <summary>The embedding queue is full; the caller may try again.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.EmbeddingOverloadedException")]
public sealed class EmbeddingOverloadedException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
