namespace OrleansGallery.Abstractions;

/// <summary>
/// The owner of the data changed, or the outcome of a commit is unknown: the same request may be sent again.
/// </summary>
[GenerateSerializer, Alias("gallery.RetryException")]
public sealed class RetryException(string message) : GalleryException(message)
{
    /// <summary>Whether nothing was written for certain, and nothing of it is under way.</summary>
    [Id(0)]
    public bool NothingWritten { get; init; }

    /// <inheritdoc />
    public override bool Retryable => true;
}
