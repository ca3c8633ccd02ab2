namespace OrleansGallery.Abstractions;

/// <summary>No silo with the embedding role is running.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.NoEmbeddingSiloException")]
public sealed class NoEmbeddingSiloException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
