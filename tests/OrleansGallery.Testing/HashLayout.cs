using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace OrleansGallery.Testing;

/// <summary>
/// The hashes of identities and galleries, written down a second time and as plainly as possible, so that the product's
/// own code is not its own oracle.
/// </summary>
public static class HashLayout
{
    /// <summary>An identity's hash as a number: SHA-256 of its id and, per facet in ordinal order, name, count and the
    /// sums of value x 2^30 rounded half to even; read as a little-endian integer.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="images">Its images: facet and embedding.</param>
    /// <returns>The hash; 0 without images.</returns>
    public static BigInteger OfIdentity(string identityId, IReadOnlyList<(string Facet, float[] Embedding)> images)
    {
        if (images.Count == 0)
        {
            return BigInteger.Zero;
        }

        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        WriteText(writer, identityId);
        foreach (IGrouping<string, float[]> facet in images
            .GroupBy(image => image.Facet, image => image.Embedding)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            WriteText(writer, facet.Key);
            writer.Write(facet.LongCount());
            for (int i = 0; i < facet.First().Length; i++)
            {
                BigInteger sum = BigInteger.Zero;
                foreach (float[] embedding in facet)
                {
                    sum += (BigInteger)Math.Round(embedding[i] * 1073741824.0, MidpointRounding.ToEven);
                }

                writer.Write((long)sum);
            }
        }

        writer.Flush();
        return new BigInteger(SHA256.HashData(bytes.ToArray()), isUnsigned: true, isBigEndian: false);
    }

    /// <summary>The sum of hashes modulo 2^256, as the lower-case hex of its 32 little-endian bytes.</summary>
    /// <param name="hashes">The identities' hashes.</param>
    /// <returns>A partition's or a gallery's hash.</returns>
    public static string Sum(IEnumerable<BigInteger> hashes)
    {
        BigInteger sum = hashes.Aggregate(BigInteger.Zero, (total, hash) => total + hash) % BigInteger.Pow(2, 256);
        byte[] bytes = new byte[32];
        sum.TryWriteBytes(bytes, out _, isUnsigned: true, isBigEndian: false);
        return Convert.ToHexStringLower(bytes);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write((uint)utf8.Length);
        writer.Write(utf8);
    }
}
