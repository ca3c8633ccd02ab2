using System.Numerics;

namespace OrleansGallery.Retrieval;

/// <summary>A bit per slot of a chunk: whether a query may match it.</summary>
internal static class RowMarks
{
    /// <summary>Slots in a word.</summary>
    public const int SlotsPerWord = 64;

    /// <summary>Words for so many slots.</summary>
    public static int WordsFor(int slots) => (slots + SlotsPerWord - 1) / SlotsPerWord;

    public static void Set(Span<ulong> marks, int slot) => marks[slot / SlotsPerWord] |= 1UL << (slot % SlotsPerWord);

    public static bool Has(ReadOnlySpan<ulong> marks, int slot) =>
        (marks[slot / SlotsPerWord] >> (slot % SlotsPerWord) & 1) != 0;

    /// <summary>Whether a block of <see cref="ChunkCodes.BlockRows"/> slots has a mark.</summary>
    public static bool HasBlock(ReadOnlySpan<ulong> marks, int block)
    {
        int slot = block * ChunkCodes.BlockRows;
        return (uint)(marks[slot / SlotsPerWord] >> (slot % SlotsPerWord)) != 0;
    }

    /// <summary>Makes the bounds of slots without a mark minus infinity.</summary>
    /// <param name="marks">The marks.</param>
    /// <param name="bounds">One per slot.</param>
    public static void TakeOutUnmarked(ReadOnlySpan<ulong> marks, Span<float> bounds)
    {
        for (int at = 0; at < bounds.Length; at += SlotsPerWord)
        {
            Span<float> some = bounds.Slice(at, Math.Min(SlotsPerWord, bounds.Length - at));
            ulong word = marks[at / SlotsPerWord];
            if (word == 0)
            {
                some.Fill(float.NegativeInfinity);
                continue;
            }

            for (ulong unmarked = ~word; unmarked != 0; unmarked &= unmarked - 1)
            {
                int slot = BitOperations.TrailingZeroCount(unmarked);
                if (slot >= some.Length)
                {
                    break;
                }

                some[slot] = float.NegativeInfinity;
            }
        }
    }
}
