using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>A file that an argument names.</summary>
internal static class InputFile
{
    /// <summary>Refuses a folder: opened as a file it is "access denied", which sends people to look at
    /// permissions.</summary>
    /// <exception cref="InvalidDataException">The path is a folder's.</exception>
    public static string Require(string path) => Directory.Exists(path)
        ? throw new InvalidDataException($"'{path}' cannot be read: it is a folder, not a file.")
        : path;

    /// <summary>Reads a file of texts, one a line; empty lines do not count.</summary>
    /// <exception cref="InvalidDataException">It is not there, or none are in it.</exception>
    public static string[] ReadLines(string path)
    {
        string[] lines;
        try
        {
            lines = [.. File.ReadLines(Require(path)).Where(line => line.Length > 0)];
        }
        catch (IOException exception)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {exception.Message.TrimEnd('.')}.", exception);
        }

        return lines.Length > 0 ? lines : throw new InvalidDataException($"'{path}' has no line.");
    }

    /// <summary>Reads a file that should be an image.</summary>
    /// <exception cref="InvalidDataException">It is no regular file, is not there, or is too large.</exception>
    public static byte[] ReadImage(string path)
    {
        try
        {
            return ImageFile.Read(Require(path));
        }
        catch (IOException exception)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {exception.Message.TrimEnd('.')}.", exception);
        }
    }
}
