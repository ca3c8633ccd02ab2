namespace OrleansGallery.Abstractions;

/// <summary>
/// A model could not embed an image, for a reason that lies with the device or the model's settings: out of memory, a
/// device that is not there, a failure of its library. Another silo, or a later try, may do better.
/// </summary>
[GenerateSerializer, Alias("gallery.EmbeddingFailedException")]
public sealed class EmbeddingFailedException(string message) : GalleryException(message)
{
    /// <summary>How long another try is of no use; null: not known.</summary>
    [Id(0)]
    public TimeSpan? Pause { get; init; }

    /// <inheritdoc />
    public override bool Retryable => true;
}
