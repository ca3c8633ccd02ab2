namespace OrleansGallery.Offline;

/// <summary>What is taken of a folder of images.</summary>
public sealed record FolderOptions
{
    /// <summary>What commands do without options.</summary>
    public static FolderOptions Default { get; } = new();

    /// <summary>
    /// Whether links to folders are followed. A file that is reached twice is taken once, at its real place where that
    /// is below the root. Links to files are always followed. Default: no.
    /// </summary>
    public bool FollowLinks { get; init; }

    /// <summary>
    /// Globs over paths below the root (<c>*</c> within a name, <c>**</c> over folders; without a slash: the name of a
    /// file or folder anywhere): only what one of them matches is taken, hidden and service folders that one of them
    /// names included. Empty: everything but these. Default: empty.
    /// </summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Globs of what is left out, stronger than <see cref="Include"/>. Default: none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
