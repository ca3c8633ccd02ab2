namespace OrleansGallery.Storage;

/// <summary>A content that was erased and is refused, by its digest alone.</summary>
/// <param name="Digest">SHA-256 of the content; 32 bytes.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record ErasedContent(byte[] Digest, DateTimeOffset ExpiresAt);
