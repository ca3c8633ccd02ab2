using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>That a model's file could not be loaded a moment ago.</summary>
/// <param name="File">The file.</param>
/// <param name="Changed">When it was last written to; no file: the year 1601.</param>
/// <param name="Cause">What was said.</param>
/// <param name="Until">When to try again.</param>
internal sealed record LoadFailure(string File, DateTime Changed, GalleryException Cause, DateTimeOffset Until)
{
    /// <summary>Whether to try is of no use yet: it is the same file, and the time has not come.</summary>
    public bool Holds(DateTimeOffset now) => now < Until && System.IO.File.GetLastWriteTimeUtc(File) == Changed;

    /// <summary>The same to the next caller; an exception is thrown once.</summary>
    public GalleryException Repeat(DateTimeOffset now) => Cause is EmbeddingFailedException
        ? new EmbeddingFailedException(Cause.Message) { Pause = Until - now }
        : new ModelNotFoundException(Cause.Message);
}
