using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The layout that an identity's hash is taken over: u32 length, identity id in UTF-8; per facet in ordinal order: u32
/// length, facet in UTF-8, i64 count, i64 sum[0..D). All little-endian; the hash is SHA-256. It covers what the images
/// make of the identity, and not its attributes.
/// </summary>
internal static class IdentityHash
{
    // Ids that are no valid UTF-16 must not share a hash by way of a replacement character.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Hash256 Compute(string identityId, IEnumerable<KeyValuePair<string, RunningCentroid>> facets)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, identityId);
        foreach ((string facet, RunningCentroid centroid) in facets)
        {
            AppendText(hash, facet);
            AppendCentroid(hash, centroid);
        }

        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.GetHashAndReset(bytes);
        return Hash256.FromBytes(bytes);
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        byte[] utf8 = StrictUtf8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)utf8.Length);
        hash.AppendData(length);
        hash.AppendData(utf8);
    }

    private static void AppendCentroid(IncrementalHash hash, RunningCentroid centroid)
    {
        int length = sizeof(long) + centroid.SumBytes;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        BinaryPrimitives.WriteInt64LittleEndian(rented, centroid.Count);
        centroid.WriteSum(rented.AsSpan(sizeof(long)));
        hash.AppendData(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
    }
}
