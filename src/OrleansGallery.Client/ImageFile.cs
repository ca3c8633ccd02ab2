namespace OrleansGallery.Client;

/// <summary>A file that the service keeps of an image.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ContentType">What it is, for example <c>image/jpeg</c>.</param>
/// <param name="ETag">Stands for these bytes.</param>
public sealed record ImageFile(ReadOnlyMemory<byte> Bytes, string ContentType, string? ETag);
