namespace OrleansGallery.Inference.Checkpoints;

/// <summary>Replaces a file so that a crash, a full disk or a second writer leaves either the old or the new
/// content.</summary>
public static class DurableFile
{
    /// <summary>Writes a temporary file beside the target, syncs it and renames it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string temporary = TemporaryOf(path);
        try
        {
            using (FileStream stream = Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The same for a file that comes slowly and is looked at before it counts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content; the stream can seek.</param>
    /// <param name="check">Looks at the temporary file; what it throws leaves the old one.</param>
    /// <returns>When the file is replaced.</returns>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, Action<string> check)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(check);
        string temporary = TemporaryOf(path);
        try
        {
            await using (FileStream stream = Create(temporary))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            check(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string TemporaryOf(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    private static FileStream Create(string temporary) =>
        new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
}
