using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class BestPairsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Add_AnyOrder_KeepsTheFirstOfAll(int seed)
    {
        Random random = new(seed);
        PairScore[] all = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Range(i + 1, 40 - i).Select(
            j => new PairScore(new($"p{j}", $"p{i}"), random.Next(8) / 8.0)))];
        PairScore[] ranked = [.. all.OrderByDescending(pair => pair.Score)
            .ThenBy(pair => pair.Pair.First, StringComparer.Ordinal)
            .ThenBy(pair => pair.Pair.Second, StringComparer.Ordinal)];
        BestPairs best = new(50);

        random.Shuffle(all);
        foreach (PairScore pair in all.Concat(all.Take(100)))
        {
            best.Add(pair);
        }

        Assert.Equal(ranked[..50], best.Ranked);
        Assert.Equal(ranked[49], best.Bound);
        // Of what is left of the rest after a removal none can be known to be the next one.
        best.RemoveAll(id => id == ranked[10].Pair.First);
        best.Add(ranked[60]);
        best.Add(ranked[10]);
        Assert.Equal(
            ranked[..50].Where(pair => pair == ranked[10]
                || (pair.Pair.First != ranked[10].Pair.First && pair.Pair.Second != ranked[10].Pair.First)),
            best.Ranked);
    }

    [Fact]
    public void Add_ThePairAgain_TakesTheNewScore()
    {
        BestPairs best = new(3);
        best.Add(new(new("b", "a"), 0.5));
        best.Add(new(new("a", "b"), 0.7));

        Assert.Equal([new PairScore(new("a", "b"), 0.7)], best.Ranked);
        Assert.Null(best.Bound);
    }

    [Fact]
    public void FindMutual_EqualScores_TheFirstIdIsNearest()
    {
        PairScore[] ranked =
        [
            new(new("a", "b"), 0.9), new(new("c", "d"), 0.8), new(new("c", "e"), 0.8), new(new("b", "f"), 0.7),
        ];

        Assert.Equal([new("a", "b"), new IdentityPair("c", "d")], BestPairs.FindMutual(ranked).Order(
            Comparer<IdentityPair>.Create((one, other) => string.CompareOrdinal(one.First, other.First))));
    }

    [Fact]
    public void IdentityPair_OfOne_IsNone() => Assert.Throws<ArgumentException>(() => new IdentityPair("a", "a"));
}
