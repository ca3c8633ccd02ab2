namespace OrleansGallery.Abstractions;

/// <summary>Some partitions did not answer in time, and the caller demanded a complete answer.</summary>
[GenerateSerializer, Alias("gallery.IncompleteSearchException")]
public sealed class IncompleteSearchException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
