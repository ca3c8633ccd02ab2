using System.Runtime.Intrinsics.X86;
using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Cascade;

public sealed class KernelTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(128)]
    [InlineData(512)]
    public void BlockSums_AnyCodes_EqualTheDefinition(int rank)
    {
        Random random = new(rank);
        for (int round = 0; round < 20; round++)
        {
            // The first rounds with the largest codes there are.
            byte[] block = Bytes(random, rank * 32, round < 2 ? 255 : null);
            sbyte[] queries = [.. Enumerable.Range(0, rank * 4).Select(_ =>
                (sbyte)(round < 2 ? (round == 0 ? 1 : -1) * BlockKernel.MaxQueryCode
                    : random.Next(-BlockKernel.MaxQueryCode, BlockKernel.MaxQueryCode + 1)))];
            int[] expected = new int[4 * 32];
            int[] sums = new int[4 * 32];
            for (int query = 0; query < 4; query++)
            {
                sbyte[] codes = queries[(query * rank)..((query + 1) * rank)];
                for (int row = 0; row < 32; row++)
                {
                    expected[(query * 32) + row] = Enumerable.Range(0, rank)
                        .Sum(i => block[(i / 4 * 128) + (row * 4) + (i % 4)] * codes[i]);
                }

                BlockKernel.SumScalar(block, codes, sums);
                Assert.Equal(expected[(query * 32)..((query + 1) * 32)], sums[..32]);
                BlockKernel.Sum(block, codes, sums);
                Assert.Equal(expected[(query * 32)..((query + 1) * 32)], sums[..32]);
            }

            BlockKernel.SumFour(block, queries, sums);
            Assert.Equal(expected, sums);
        }
    }

    [Fact]
    public void BlockSums_EveryVariantOfTheMachine_AreTheSame()
    {
        Random random = new(5);
        byte[] block = Bytes(random, 64 * 32, null);
        sbyte[] codes = [.. Enumerable.Range(0, 64).Select(_ => (sbyte)random.Next(-63, 64))];
        int[] expected = new int[32];
        int[] sums = new int[32];
        BlockKernel.SumScalar(block, codes, expected);
        if (Avx2.IsSupported)
        {
            BlockKernel.SumAvx2(block, codes, sums);
            Assert.Equal(expected, sums);
        }

        if (AvxVnni.IsSupported)
        {
            BlockKernel.SumVnni(block, codes, sums);
            Assert.Equal(expected, sums);
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(96)]
    [InlineData(512)]
    [InlineData(8192)]
    public void RowSums_AnyCodes_EqualTheDefinition(int length)
    {
        Random random = new(length);
        int most = CascadeBounds.MaxWideCode(length);
        for (int round = 0; round < 20; round++)
        {
            sbyte[] row =
                [.. Enumerable.Range(0, length).Select(_ => (sbyte)(round == 0 ? 127 : random.Next(-127, 128)))];
            short[] query =
                [.. Enumerable.Range(0, length).Select(_ => (short)(round == 0 ? most : random.Next(-most, most + 1)))];
            long expected = row.Zip(query).Sum(pair => (long)pair.First * pair.Second);
            Assert.Equal(expected, RowKernel.SumScalar(row, query));
            Assert.Equal(expected, RowKernel.Sum(row, query));
            if (Avx2.IsSupported)
            {
                Assert.Equal(expected, RowKernel.Sum256(row, query));
            }

            if (Avx512BW.IsSupported)
            {
                Assert.Equal(expected, RowKernel.Sum512(row, query));
            }
        }
    }

    [Fact]
    public void Kernels_WhatDoesNotFitTogether_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => RowKernel.Sum256(new sbyte[32], new short[64]));
        Assert.Throws<ArgumentException>(() => RowKernel.Sum512(new sbyte[48], new short[48]));
        Assert.Throws<ArgumentException>(() => BlockKernel.SumAvx2(new byte[127], new sbyte[4], new int[32]));
        Assert.Throws<ArgumentException>(() => BlockKernel.SumVnni(new byte[128], new sbyte[4], new int[31]));
    }

    private static byte[] Bytes(Random random, int length, int? value) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)(value ?? random.Next(256)))];
}
