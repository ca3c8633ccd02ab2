namespace OrleansGallery.Client;

/// <summary>How a <see cref="GalleryClient"/> reaches its service.</summary>
public sealed class GalleryClientOptions
{
    /// <summary>Where <c>gallery serve</c> listens unless told otherwise.</summary>
    public static Uri DefaultUrl { get; } = new("http://127.0.0.1:5210");

    /// <summary>
    /// How long one request may take; ingestion has limits of its own (<see cref="IngestOptions.AckTimeout"/>).
    /// Default: 100 seconds.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The key that requests are sent with, <c>gk_…</c>. Default: null, none.</summary>
    public string? Key { get; init; }
}
