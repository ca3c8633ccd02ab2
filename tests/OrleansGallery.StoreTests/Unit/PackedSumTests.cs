using System.Buffers.Binary;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

public sealed class PackedSumTests
{
    [Theory]
    [InlineData(1, 0L)]
    [InlineData(1, 127L, -128L)]
    [InlineData(2, 128L)]
    [InlineData(2, -129L)]
    [InlineData(2, 32_767L, -32_768L, 0L)]
    [InlineData(3, 32_768L)]
    [InlineData(5, 1L << 38, -(1L << 39), 5L)]
    [InlineData(6, 1L << 39)]
    [InlineData(8, 1L << 62, -(1L << 62))]
    [InlineData(8, long.MaxValue, long.MinValue, -1L)]
    public void Pack_ComponentsOfAnyWidth_TakesNoMoreThanTheLargestNeeds(int width, params long[] components)
    {
        byte[] sum = Bytes(components);

        byte[] packed = PackedSum.Pack(sum);

        Assert.Equal((width, 1 + (width * components.Length)), (packed[0], packed.Length));
        Assert.Equal(sum, PackedSum.Unpack(packed));
    }

    [Fact]
    public void Pack_RandomSums_ComeBack()
    {
        Random random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            int shift = random.Next(64);
            byte[] sum = Bytes([.. Enumerable.Range(0, random.Next(0, 9))
                .Select(_ => random.NextInt64(long.MinValue, long.MaxValue) >> shift)]);
            Assert.Equal(sum, PackedSum.Unpack(PackedSum.Pack(sum)));
        }
    }

    [Fact]
    public void Pack_LayoutIsTwosComplementLittleEndian() =>
        Assert.Equal([2, 0x01, 0x02, 0xFE, 0xFF], PackedSum.Pack(Bytes(0x0201, -2)));

    [Fact]
    public void Pack_NoSequenceOfInt64_IsRefused() =>
        Assert.Throws<StoreDataException>(() => PackedSum.Pack(new byte[9]));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("09010203040506070809")]
    [InlineData("02010203")]
    public void Unpack_WhatWasNeverPacked_IsDamaged(string hex) => Assert.Equal(
        StoreAwayReason.Damaged,
        Assert.Throws<StoreAwayException>(() => PackedSum.Unpack(Convert.FromHexString(hex))).Reason);

    private static byte[] Bytes(params long[] components)
    {
        byte[] bytes = new byte[components.Length * sizeof(long)];
        for (int i = 0; i < components.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), components[i]);
        }

        return bytes;
    }
}
