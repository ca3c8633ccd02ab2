namespace OrleansGallery.Offline;

/// <summary>A <c>.npy</c> file cannot be read; the message names the file and what is wrong with it.</summary>
/// <param name="file">The file's path.</param>
/// <param name="fact">What is wrong.</param>
public sealed class NpyException(string file, string fact) : Exception($"Array file '{file}': {fact}")
{
    /// <summary>The file's path.</summary>
    public string File { get; } = file;
}
