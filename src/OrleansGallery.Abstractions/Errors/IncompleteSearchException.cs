namespace OrleansGallery.Abstractions;

/// <summary>Some partitions did not answer in time, and the caller demanded a complete answer.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.IncompleteSearchException")]
public sealed class IncompleteSearchException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
