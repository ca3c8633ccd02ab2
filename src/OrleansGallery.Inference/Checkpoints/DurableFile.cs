namespace OrleansGallery.Inference.Checkpoints;

/// <summary>Replaces a file so that a crash, a full disk or a second writer leaves either the old or the new
/// content.</summary>
internal static class DurableFile
{
    /// <summary>Writes a temporary file beside the target, syncs it and renames it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
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
    public static async Task WriteAsync(string path, Func<Stream, Task> write, Action<string> check)
    {
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
