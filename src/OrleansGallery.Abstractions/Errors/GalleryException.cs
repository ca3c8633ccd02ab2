namespace OrleansGallery.Abstractions;

/// <summary>
/// A request that cannot be served as it is: the caller's error, or a state of the cluster that the caller must hear
/// of. Each leaf is one cause and knows whether it passes; the HTTP status and code of each are in one table of the
/// server.
/// </summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.GalleryException")]
public abstract class GalleryException(string message) : Exception(message)
{
    /// <summary>Whether the same request may succeed a moment later.</summary>
    public virtual bool Retryable => false;
}
