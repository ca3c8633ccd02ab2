using System.Security.Cryptography;

namespace OrleansGallery.Storage;

/// <summary>What is kept of an image to be looked at. It is written with the image's row and goes with it; an image
/// that moves to another identity takes it along unread.</summary>
public sealed record StoredPicture
{
    /// <summary>A small picture, as a file.</summary>
    public required byte[] Thumbnail { get; init; }

    /// <summary>SHA-256 of the thumbnail; 32 bytes.</summary>
    public required byte[] ThumbnailHash { get; init; }

    /// <summary>The file as it came, whose SHA-256 is the image's content hash; null: not kept.</summary>
    public byte[]? Original { get; init; }

    /// <summary>Its bytes in all.</summary>
    public long Bytes => Thumbnail.LongLength + (Original?.LongLength ?? 0);

    /// <summary>A picture with its thumbnail's hash.</summary>
    /// <param name="thumbnail">The small picture.</param>
    /// <param name="original">The file as it came; null: not kept.</param>
    /// <returns>The picture.</returns>
    public static StoredPicture Of(byte[] thumbnail, byte[]? original) => new()
    {
        Thumbnail = thumbnail, ThumbnailHash = SHA256.HashData(thumbnail), Original = original,
    };
}
