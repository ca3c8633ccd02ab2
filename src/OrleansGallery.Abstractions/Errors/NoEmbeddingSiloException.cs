namespace OrleansGallery.Abstractions;

/// <summary>No silo with the embedding role is running.</summary>
[GenerateSerializer, Alias("gallery.NoEmbeddingSiloException")]
public sealed class NoEmbeddingSiloException(string message) : GalleryException(message)
{
    /// <summary>The fact, as every caller is told it.</summary>
    public NoEmbeddingSiloException()
        : this("No process with the role 'embedding' is running; images cannot be embedded, vectors can be used.")
    {
    }

    /// <inheritdoc />
    public override bool Retryable => true;
}
