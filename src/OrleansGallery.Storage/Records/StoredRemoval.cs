using System.Security.Cryptography;
using System.Text;

namespace OrleansGallery.Storage;

/// <summary>An identity that was removed, named by a digest, so that its name is gone with it.</summary>
/// <param name="Version">The partition's sequence at which it was removed.</param>
/// <param name="Digest"><see cref="DigestOf"/> of its id.</param>
public readonly record struct StoredRemoval(long Version, UInt128 Digest)
{
    /// <summary>The first 16 bytes, big-endian, of the SHA-256 of an id in UTF-8.</summary>
    /// <param name="identityId">The id.</param>
    /// <returns>The digest.</returns>
    public static UInt128 DigestOf(string identityId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(identityId), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
