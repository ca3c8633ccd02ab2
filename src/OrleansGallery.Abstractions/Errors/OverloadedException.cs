namespace OrleansGallery.Abstractions;

/// <summary>A queue is full; the caller may try again.</summary>
[GenerateSerializer, Alias("gallery.OverloadedException")]
public sealed class OverloadedException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
