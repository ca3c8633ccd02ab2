namespace OrleansGallery.Cli;

/// <summary>A file and whose image it is.</summary>
/// <param name="Identity">The identity's id.</param>
/// <param name="Path">The file.</param>
internal readonly record struct IdentityFile(string Identity, string Path);
