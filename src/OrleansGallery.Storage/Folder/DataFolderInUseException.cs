namespace OrleansGallery.Storage;

/// <summary>The data folder is another process's.</summary>
/// <param name="path">The folder.</param>
/// <param name="owner">Who has it.</param>
/// <param name="cause">The operating system's refusal.</param>
public sealed class DataFolderInUseException(string path, string owner, Exception cause) : IOException(
    $"The data folder '{path}' is in use by {owner}; stop that process, or choose another folder with --data.", cause)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = path;

    /// <summary>Who has it.</summary>
    public string Owner { get; } = owner;
}
