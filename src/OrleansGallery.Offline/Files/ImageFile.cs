using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>Reads a file that should be an image, whatever it turns out to be.</summary>
public static class ImageFile
{
    // Far above any picture that is decoded; it keeps a film among the pictures out of memory.
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads the whole file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="IOException">It is no regular file, too large, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path)
    {
        using FileStream stream = Open(path);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Looks at a file's first bytes to tell whether it is an image, whatever its name says.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Why it is none, as the end of a sentence; null where it is one as far as can be seen.</returns>
    internal static string? WhyNoImage(string path)
    {
        try
        {
            using FileStream stream = Open(path);
            Span<byte> start = stackalloc byte[ImageSignature.Length];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            return start.IsEmpty ? "it is empty"
                : ImageSignature.FormatOf(start) is not null ? null
                : $"it is {ImageSignature.Describe(start)}, which is not read";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static FileStream Open(string path)
    {
        if (!FileKind.IsRegular(path))
        {
            throw new IOException("it is no regular file");
        }

        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return stream.Length <= MaxBytes
                ? stream
                : throw new IOException($"it has {stream.Length} bytes; {MaxBytes} are the most for an image");
        }
        catch (Exception exception)
        {
            stream?.Dispose();
            if (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new IOException(
                    path.Contains('\uFFFD', StringComparison.Ordinal)
                        ? "its name is not UTF-8"
                        : new FileInfo(path).LinkTarget is { } target
                            ? $"it is a link to '{target}', which is not there"
                            : "it is not there",
                    exception);
            }

            throw;
        }
    }
}
