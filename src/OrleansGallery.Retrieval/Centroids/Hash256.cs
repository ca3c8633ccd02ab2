using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace OrleansGallery.Retrieval;

/// <summary>
/// A 256-bit hash that adds up: a little-endian integer modulo 2^256. A partition's hash is the sum of its identities'
/// hashes, so it depends on the content only, not on the order in which it came. The default value is zero.
/// </summary>
public readonly record struct Hash256
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int Size = 32;

    // Least significant first.
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    private Hash256(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        _word0 = word0;
        _word1 = word1;
        _word2 = word2;
        _word3 = word3;
    }

    /// <summary>The sum modulo 2^256.</summary>
    /// <param name="left">The first summand.</param>
    /// <param name="right">The second summand.</param>
    public static Hash256 operator +(Hash256 left, Hash256 right) => Add(left, right);

    /// <summary>The difference modulo 2^256: takes out again what was added.</summary>
    /// <param name="left">What to subtract from.</param>
    /// <param name="right">What is subtracted.</param>
    public static Hash256 operator -(Hash256 left, Hash256 right) => Subtract(left, right);

    /// <summary>The sum modulo 2^256.</summary>
    /// <param name="left">The first summand.</param>
    /// <param name="right">The second summand.</param>
    public static Hash256 Add(Hash256 left, Hash256 right) => AddWords(left, right, 0);

    /// <summary>The difference modulo 2^256.</summary>
    /// <param name="left">What to subtract from.</param>
    /// <param name="right">What is subtracted.</param>
    public static Hash256 Subtract(Hash256 left, Hash256 right)
    {
        // a - b = a + ~b + 1 in two's complement.
        return AddWords(left, new(~right._word0, ~right._word1, ~right._word2, ~right._word3), 1);
    }

    /// <summary>Reads a hash from its 32 little-endian bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public static Hash256 FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        return new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="hex">64 hexadecimal digits.</param>
    /// <exception cref="FormatException">The text is no hash.</exception>
    public static Hash256 Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return TryParse(hex, out Hash256 hash)
            ? hash
            : throw new FormatException($"A hash has {2 * Size} hexadecimal digits; '{hex}' has not.");
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="hex">64 hexadecimal digits, or anything else.</param>
    /// <param name="hash">The hash, or zero.</param>
    /// <returns>Whether the text is a hash.</returns>
    public static bool TryParse([NotNullWhen(true)] string? hex, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool valid = hex?.Length == 2 * Size
            && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
        hash = valid ? FromBytes(bytes) : default;
        return valid;
    }

    /// <summary>Writes the 32 little-endian bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _word3);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _word2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _word1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _word0);
    }

    /// <summary>The 32 little-endian bytes.</summary>
    public byte[] ToByteArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The lower-case hex of the 32 little-endian bytes.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static Hash256 AddWords(Hash256 left, Hash256 right, ulong carry)
    {
        ulong word0 = AddWord(left._word0, right._word0, ref carry);
        ulong word1 = AddWord(left._word1, right._word1, ref carry);
        ulong word2 = AddWord(left._word2, right._word2, ref carry);
        ulong word3 = AddWord(left._word3, right._word3, ref carry);
        return new(word0, word1, word2, word3);
    }

    private static ulong AddWord(ulong left, ulong right, ref ulong carry)
    {
        UInt128 sum = (UInt128)left + right + carry;
        carry = (ulong)(sum >> 64);
        return (ulong)sum;
    }
}
