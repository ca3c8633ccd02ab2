using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Cascade;

public sealed class SlotMapTests
{
    [Fact]
    public void AddAndRemove_ManyTimes_IsADictionary()
    {
        Random random = new(47);
        Dictionary<string, int> expected = [];
        Dictionary<int, string> ids = [];
        SlotMap map = new(row => ids[row]);
        for (int i = 0; i < 60_000; i++)
        {
            // Growing, then shrinking, then growing again.
            string id = $"id{random.Next(i is > 20_000 and < 40_000 ? 400 : 4000)}";
            bool known = expected.Remove(id, out int row);
            Assert.Equal(known, map.Remove(id, out int found));
            Assert.Equal(known ? row : -1, found);
            if (random.Next(3) > 0)
            {
                expected[id] = i;
                ids[i] = id;
                map.Add(id, i);
            }

            Assert.Equal(expected.Count, map.Count);
        }

        foreach ((string id, int row) in expected)
        {
            Assert.True(map.Remove(id, out int found));
            Assert.Equal(row, found);
        }

        Assert.Equal(0, map.Count);
        Assert.InRange(map.MemoryBytes, 8 * 4000, 8 * 8192);
    }
}
