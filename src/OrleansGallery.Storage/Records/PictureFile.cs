namespace OrleansGallery.Storage;

/// <summary>One of the files that a picture is made of.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Hash">SHA-256 of it as it was written; 32 bytes.</param>
public sealed record PictureFile(byte[] Bytes, byte[] Hash);
