namespace OrleansGallery.Offline;

/// <summary>An image file below a folder.</summary>
/// <param name="Path">Its path below the root.</param>
/// <param name="Identity">Whose it is: the first folder below the root; null where it lies in the root itself.</param>
public readonly record struct FolderImage(string Path, string? Identity);
