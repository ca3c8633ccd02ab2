using System.Numerics;
using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class Hash256Tests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    [Fact]
    public void AddAndSubtract_RandomHashes_EqualBigIntegers()
    {
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            Hash256 left = Next(random);
            Hash256 right = Next(random);
            Assert.Equal((Number(left) + Number(right)) % Modulus, Number(left + right));
            Assert.Equal((Number(left) - Number(right) + Modulus) % Modulus, Number(left - right));
            Assert.Equal(left, left + right - right);
        }
    }

    [Fact]
    public void Add_OneToLargest_WrapsToZero()
    {
        Hash256 largest = Hash256.Parse(new string('f', 64));
        Hash256 one = Hash256.Parse("01" + new string('0', 62));
        Assert.Equal(default, largest + one);
        Assert.Equal(largest, default(Hash256) - one);
    }

    [Fact]
    public void ToString_AnyHash_IsHexOfLittleEndianBytes()
    {
        byte[] bytes = [.. Enumerable.Range(0xe0, 32).Select(value => (byte)value)];
        Hash256 hash = Hash256.FromBytes(bytes);
        Assert.Equal(Convert.ToHexStringLower(bytes), hash.ToString());
        Assert.Equal(hash, Hash256.Parse(hash.ToString()));
        Assert.Equal(bytes, hash.ToByteArray());
        Assert.Equal(new BigInteger(bytes, isUnsigned: true), Number(hash));
        Assert.Equal(new string('0', 64), default(Hash256).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000")]
    public void TryParse_NoHash_ReturnsFalse(string? text)
    {
        Assert.False(Hash256.TryParse(text, out Hash256 hash));
        Assert.Equal(default, hash);
        if (text is not null)
        {
            Assert.Throws<FormatException>(() => Hash256.Parse(text));
        }
    }

    [Fact]
    public void FromBytes_WrongLength_Throws()
    {
        Assert.Throws<ArgumentException>(() => Hash256.FromBytes(new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Hash256).CopyTo(new byte[31]));
    }

    // Words of all ones are frequent, so that carries run through several of them.
    private static Hash256 Next(Random random)
    {
        byte[] bytes = new byte[32];
        random.NextBytes(bytes);
        for (int word = 0; word < 4; word++)
        {
            if (random.Next(3) == 0)
            {
                bytes.AsSpan(word * 8, 8).Fill((byte)(random.Next(2) * 255));
            }
        }

        return Hash256.FromBytes(bytes);
    }

    private static BigInteger Number(Hash256 hash) => new(hash.ToByteArray(), isUnsigned: true);
}
