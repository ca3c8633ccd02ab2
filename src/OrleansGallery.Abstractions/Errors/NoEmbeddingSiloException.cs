namespace OrleansGallery.Abstractions;

/// <summary>No silo with the embedding role is running.</summary>
[GenerateSerializer, Alias("gallery.NoEmbeddingSiloException")]
public sealed class NoEmbeddingSiloException(string message) : GalleryException(message)
{
    /// <inheritdoc />
    public override bool Retryable => true;
}
