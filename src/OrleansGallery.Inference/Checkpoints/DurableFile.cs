namespace OrleansGallery.Inference.Checkpoints;

/// <summary>Replaces a file so that a crash, a full disk or a second writer leaves either the old or the new
/// content.</summary>
internal static class DurableFile
{
    /// <summary>Writes a temporary file beside the target, syncs it and renames it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
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
}
