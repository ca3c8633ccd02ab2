namespace OrleansGallery.Abstractions;

/// <summary>A complete answer was demanded, and the store has not confirmed lately that its rows are the
/// last.</summary>
[GenerateSerializer, Alias("gallery.UnconfirmedSearchException")]
public sealed class UnconfirmedSearchException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
