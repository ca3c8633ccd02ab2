using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Attributes;

public sealed class ChunkAttributesTests
{
    private const int Slots = 1024;

    [Fact]
    public void Mark_AttributesOfOneIdentityWithOneHash_FindsBoth_WhoeverElseHasOne()
    {
        ChunkAttributes attributes = new(Slots, (_, _) => 7);
        attributes.Add(3, AttributeSet.Of([new("a", "1"), new("b", "2")]));
        attributes.Add(4, AttributeSet.Of([new("a", "1")]));

        Assert.Equal([3, 4], Marked(attributes, "a", "1", 7));
        Assert.Equal([3], Marked(attributes, "b", "2", 7));
        Assert.Empty(Marked(attributes, "a", "2", 7));
    }

    [Fact]
    public void Mark_OfFewHashes_FindsTheSlotsOfEachAttributeAlone()
    {
        ChunkAttributes attributes = new(Slots, HashOf);
        for (int slot = 0; slot < Slots; slot++)
        {
            attributes.Add(slot, AttributeSet.Of([new("a", $"{slot % 10}"), new("b", $"{slot % 7}")]));
        }

        for (int value = 0; value < 10; value++)
        {
            string text = $"{value}";
            Assert.Equal(
                Enumerable.Range(0, Slots).Where(slot => slot % 10 == value),
                Marked(attributes, "a", text, HashOf("a", text)));
            Assert.Equal(
                Enumerable.Range(0, Slots).Where(slot => slot % 7 == value),
                Marked(attributes, "b", text, HashOf("b", text)));
        }

        static int HashOf(string key, string value) => (key[0] + value[0]) % 3;
    }

    private static int[] Marked(ChunkAttributes attributes, string key, string value, int hash)
    {
        ulong[] marks = new ulong[RowMarks.WordsFor(Slots)];
        attributes.Mark(key, value, hash, marks);
        return [.. Enumerable.Range(0, Slots).Where(slot => RowMarks.Has(marks, slot))];
    }
}
