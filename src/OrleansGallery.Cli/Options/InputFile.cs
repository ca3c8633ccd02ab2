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
}
