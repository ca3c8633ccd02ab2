namespace OrleansGallery.Offline;

/// <summary>Files that are there whole or not at all, so that an interrupted command can go on by looking which are
/// there.</summary>
internal static class WholeFile
{
    private const string Unfinished = ".part";

    /// <summary>The name of a file that is not written to its end.</summary>
    public static string UnfinishedOf(string path) => path + Unfinished;

    /// <summary>Writes a file under another name and then gives it its own; folders are made.</summary>
    /// <exception cref="IOException">It cannot be written, for example since the disk is full; nothing is left of
    /// it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = UnfinishedOf(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(unfinished);
            throw new IOException(
                $"'{path}' cannot be written: {exception.Message.TrimEnd('.')}. Make room, or make the folder "
                + "writable, and run the command again: it goes on where it stopped.",
                exception);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is told is why it could not be written.
        }
    }
}
