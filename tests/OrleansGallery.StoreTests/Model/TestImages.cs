using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Images whose every column follows from their ids, and differs between them.</summary>
public static class TestImages
{
    /// <summary>Components of an embedding.</summary>
    public const int Dimension = 4;

    /// <summary>An image.</summary>
    /// <param name="identityId">Its identity.</param>
    /// <param name="imageId">Its id.</param>
    /// <param name="facet">Its facet.</param>
    /// <param name="edition">Another number is another content.</param>
    /// <returns>The image.</returns>
    public static StoredImage Of(string identityId, string imageId, string facet = "", int edition = 0)
    {
        int seed = (int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{identityId}/{imageId}#{edition}")) >> 33);
        Random random = new(seed);

        // Without functions that differ in the last bits between machines.
        byte[] embedding = Bytes([.. Enumerable.Range(0, Dimension).Select(_ => (random.Next(1, 4096) / 256f) - 7.5f)]);
        return new StoredImage
        {
            ImageId = imageId,
            Facet = facet,
            ContentHash = SHA256.HashData(embedding),
            TakenAt = seed % 3 == 0 ? null : DateTimeOffset.UnixEpoch.AddMilliseconds(seed),
            Embedding = embedding,
            Picture = (seed % 4) switch
            {
                0 => null,
                1 => PictureOf(seed, withOriginal: true),
                _ => PictureOf(seed, withOriginal: false),
            },
        };
    }

    /// <summary>A picture whose bytes follow from a number.</summary>
    /// <param name="seed">The number.</param>
    /// <param name="withOriginal">Whether the file that came is kept, too.</param>
    /// <returns>The picture.</returns>
    public static StoredPicture PictureOf(int seed, bool withOriginal)
    {
        Random random = new(seed);
        byte[] thumbnail = new byte[random.Next(1, 40)];
        byte[] original = new byte[random.Next(1, 60)];
        random.NextBytes(thumbnail);
        random.NextBytes(original);
        return StoredPicture.Of(thumbnail, withOriginal ? original : null);
    }

    /// <summary>The image that takes another's direction away: the sum of both is zero.</summary>
    /// <param name="image">The other image.</param>
    /// <param name="imageId">The opposite's id.</param>
    /// <returns>The opposite.</returns>
    public static StoredImage Opposite(StoredImage image, string imageId)
    {
        float[] components = [.. Components(image).Select(component => -component)];
        return image with { ImageId = imageId, Embedding = Bytes(components) };
    }

    /// <summary>An image's embedding.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The components.</returns>
    public static float[] Components(StoredImage image) => MemoryMarshal.Cast<byte, float>(image.Embedding).ToArray();

    /// <summary>Little-endian bytes of components.</summary>
    /// <param name="components">The components.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Bytes(ReadOnlySpan<float> components) => MemoryMarshal.AsBytes(components).ToArray();
}
