namespace OrleansGallery.Cli;

/// <summary>What <c>gallery image get</c> wrote.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="ContentType">What it is.</param>
internal sealed record WrittenPicture(string File, int Bytes, string ContentType);
