using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrleansGallery.Retrieval;

/// <summary>A basis as bytes, as a gallery's store keeps it.</summary>
/// <remarks>
/// All little-endian: "OGB1"; i32 D; i32 d; i64 version; i64 sample rows; f64 sample residual; [d, D] f32; SHA-256 of
/// all that.
/// </remarks>
public static class BasisFile
{
    private const int HeaderBytes = 36;

    private static ReadOnlySpan<byte> Magic => "OGB1"u8;

    /// <summary>Writes a basis.</summary>
    /// <param name="basis">The basis.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(SearchBasis basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        int payload = HeaderBytes + (basis.Values.Length * sizeof(float));
        byte[] bytes = new byte[payload + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), basis.Dimension);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), basis.Rank);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), basis.Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(20), basis.SampleRows);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(28), basis.SampleResidual);
        MemoryMarshal.AsBytes(basis.Values).CopyTo(bytes.AsSpan(HeaderBytes));
        SHA256.HashData(bytes.AsSpan(0, payload), bytes.AsSpan(payload));
        return bytes;
    }

    /// <summary>Reads a basis.</summary>
    /// <param name="bytes">What <see cref="Write"/> made.</param>
    /// <returns>The basis.</returns>
    /// <exception cref="InvalidDataException">The bytes are damaged or no basis; a gallery can do without and learn
    /// another.</exception>
    public static SearchBasis Read(ReadOnlySpan<byte> bytes)
    {
        int payload = bytes.Length - SHA256.HashSizeInBytes;
        if (payload < HeaderBytes || !bytes.StartsWith(Magic)
            || !SHA256.HashData(bytes[..payload]).AsSpan().SequenceEqual(bytes[payload..]))
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no search basis, or it is damaged.");
        }

        int dimension = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        int rank = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        float[] values = MemoryMarshal.Cast<byte, float>(bytes[HeaderBytes..payload]).ToArray();
        if (values.LongLength != (long)dimension * rank)
        {
            throw new InvalidDataException($"A basis of {rank} x {dimension} numbers has {values.Length} of them.");
        }

        try
        {
            return new(
                BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]),
                dimension,
                values,
                BinaryPrimitives.ReadInt64LittleEndian(bytes[20..]),
                BinaryPrimitives.ReadDoubleLittleEndian(bytes[28..]));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
}
