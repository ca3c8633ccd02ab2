namespace OrleansGallery.Abstractions;

/// <summary>
/// The owner of the data changed, or the outcome of a commit is unknown: the same request may be sent again.
/// </summary>
[GenerateSerializer, Alias("gallery.RetryException")]
public sealed class RetryException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
