namespace OrleansGallery.Abstractions;

/// <summary>The embedding queue is full; the caller may try again.</summary>
[GenerateSerializer, Alias("gallery.EmbeddingOverloadedException")]
public sealed class EmbeddingOverloadedException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
