using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

/// <summary>Tables, queries and the check that the scan's tests share.</summary>
internal static class ScanCases
{
    // Groups of rows whose scores differ in the last bits or not at all, and ids whose order differs from the rows'.
    public static List<RowChange> NearTies(Random random, int dimension, int count)
    {
        List<RowChange> rows = [];
        float[] unit = [];
        string[] prefixes = ["b", "a", "B", "é", "\U0001F600"];
        for (int i = 0; i < count; i++)
        {
            unit = (i == 0 ? 0 : random.Next(40)) switch
            {
                0 => TestVectors.Unit(random, dimension),
                < 10 => unit,
                _ => TestVectors.Nudged(random, unit),
            };
            if (!UnitVector.IsUnit(unit))
            {
                unit = TestVectors.Unit(random, dimension);
            }

            rows.Add(new($"{prefixes[random.Next(prefixes.Length)]}{i}", random.Next(1, 100), unit));
        }

        return rows;
    }

    // Loads some, applies the rest in batches after other rows that they replace, and removes what does not belong.
    public static CentroidTable[] Spread(Random random, int dimension, List<RowChange> rows, int count)
    {
        CentroidTable[] tables = [.. Enumerable.Range(0, count).Select(_ => new CentroidTable(dimension))];
        foreach (IGrouping<int, RowChange> part in rows.GroupBy(_ => random.Next(count)))
        {
            CentroidTable table = tables[part.Key];
            RowChange[] own = [.. part];
            int loaded = random.Next(own.Length + 1);
            table.Load(10, own[..loaded]);
            float[] other = TestVectors.Unit(random, dimension);
            table.Apply(11, [new("stray", 1, other), .. own.Select(row => row with { Centroid = other })]);
            table.Apply(12, own);
            table.Apply(13, [new("stray", 0, null)]);
        }

        return tables;
    }

    public static ScanQuery Query(Random random, int dimension, List<RowChange> rows)
    {
        float[] unit = random.Next(3) == 0
            ? TestVectors.Unit(random, dimension)
            : rows[random.Next(rows.Count)].Centroid!;
        return new(unit, random.Next(1, 30))
        {
            MinimumScore = random.Next(3) == 0 ? random.NextDouble() : null,
            Excluded = rows.Where(_ => random.Next(10) == 0).Select(row => row.IdentityId).ToHashSet(),
        };
    }

    public static void AssertExact(ScanQuery query, List<RowChange> rows, ScanAnswer answer)
    {
        Match[] expected = BruteForce.Search(query, rows);
        Assert.Equal(expected, answer.Matches);
        Assert.True(answer.Complete);
        Assert.Equal(rows.Count, answer.Evidence.RowsScanned);
        Assert.InRange(answer.Evidence.RowsRescored, expected.Length, rows.Count);
        Assert.Equal(
            expected.Length == query.Top ? expected[^1].Score : null, MatchOrder.KthScore(answer.Matches, query.Top));
        Assert.All(answer.Tables, table => Assert.True(table.Complete));
    }

    /// <summary>A random orthonormal basis.</summary>
    public static SearchBasis Basis(Random random, int dimension, int rank) =>
        new(1, dimension, Orthonormal.Random(rank, dimension, random), 0, 0);
}
