using OrleansGallery.Drawing;

namespace OrleansGallery.UnitTests.Drawing;

public sealed class KeyedRandomTests
{
    [Fact]
    public void NextUInt64_SeedZero_GivesTheAlgorithmsNumbers()
    {
        // xoshiro256** after four outputs of SplitMix64 from 0, computed by an independent implementation.
        KeyedRandom random = new(0);
        Assert.Equal(0x99EC5F36CB75F2B4u, random.NextUInt64());
        Assert.Equal(0xBF6E1F784956452Au, random.NextUInt64());
        Assert.Equal(0x1A5F849D4933E6E0u, random.NextUInt64());
    }

    [Fact]
    public void For_AnyOtherCoordinate_GivesAnotherSequence()
    {
        HashSet<ulong> firsts = [];
        for (long seed = -2; seed < 3; seed++)
        {
            foreach (RandomPurpose purpose in Enum.GetValues<RandomPurpose>())
            {
                for (int item = 0; item < 10; item++)
                {
                    for (int view = 0; view < 10; view++)
                    {
                        Assert.True(firsts.Add(KeyedRandom.For(seed, purpose, item, view).NextUInt64()));
                    }
                }
            }
        }
    }

    [Fact]
    public void Draws_ManyTimes_AreUniformWithinTheirRange()
    {
        KeyedRandom random = new(7);
        int[] counts = new int[5];
        double sum = 0;
        for (int i = 0; i < 50_000; i++)
        {
            counts[random.Below(5)]++;
            double value = random.Uniform(-1, 3);
            Assert.InRange(value, -1, 3);
            sum += value;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        Assert.InRange(sum / 50_000, 0.97, 1.03);
    }
}
