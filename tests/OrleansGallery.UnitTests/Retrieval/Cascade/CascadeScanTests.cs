using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Cascade;

public sealed class CascadeScanTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(32, 60)]
    [InlineData(64, 60)]
    [InlineData(100, 40)]
    [InlineData(512, 12)]
    [InlineData(2048, 4)]
    public void Scan_CodedTables_EqualsBruteForce(int dimension, int cases)
    {
        for (int seed = 0; seed < cases; seed++)
        {
            Random random = new((dimension * 1000) + seed);
            List<RowChange> rows = ScanCases.NearTies(random, dimension, random.Next(1, 1500));
            CentroidTable[] tables = ScanCases.Spread(random, dimension, rows, random.Next(1, 5));
            Code(random, dimension, rows, tables);
            ScanQuery[] queries = [.. Enumerable.Range(0, random.Next(1, 11))
                .Select(_ => ScanCases.Query(random, dimension, rows))];
            ScanAnswer[] answers = TableScanner.ScanAll(queries, tables, random.Next(1, 4), None);
            for (int i = 0; i < queries.Length; i++)
            {
                ScanCases.AssertExact(queries[i], rows, answers[i]);
                AssertEvidence(answers[i], queries[i].Top);
            }
        }
    }

    [Fact]
    public void Scan_AWeakenedBound_IsCaughtStageByStage()
    {
        const int Dimension = 128;
        (int first, int second) = (0, 0);
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            RowChange[] shuffled = [.. ScanCases.NearTies(random, Dimension, 6000)];
            random.Shuffle(shuffled);
            List<RowChange> rows = [.. shuffled];
            CentroidTable table = new(Dimension);
            table.Load(1, rows);
            SearchBasis basis = Learned(rows, Dimension);
            using TableSnapshot snapshot = Coded(table, new(Dimension, basis));
            ScanQuery query = new(rows[random.Next(rows.Count)].Centroid, 10);
            Match[] expected = BruteForce.Search(query, rows);
            bool Right(ScanTuning tuning) => expected.SequenceEqual(TableScanner.ScanAll(
                [query], [snapshot], 1, tuning with { MaxPartRows = RowChunk.MaxCapacity }, None)[0].Matches);
            Assert.True(Right(ScanTuning.Default));

            // By about what the codes are off: less is made up for by the inequalities' own room.
            first += Right(new() { ProjectedSlack = -0.2f }) ? 0 : 1;
            second += Right(new() { QuantizedSlack = -0.02 }) ? 0 : 1;
        }

        Assert.InRange(first, 1, 12);
        Assert.InRange(second, 1, 12);
    }

    [Fact]
    public void Scan_ReEncodingUnderWay_GivesTheSameAnswer()
    {
        const int Dimension = 64;
        Random random = new(31);
        List<RowChange> rows = ScanCases.NearTies(random, Dimension, 9000);
        CentroidTable table = new(Dimension);
        table.Load(1, rows);
        ScanQuery query = new(rows[17].Centroid, 25);
        Match[] expected = BruteForce.Search(query, rows);
        RowCoding?[] codings =
        [
            new(Dimension, null), new(Dimension, ScanCases.Basis(random, Dimension, 16)),
            new(Dimension, Learned(rows, Dimension)), null,
        ];
        int steps = 0;
        foreach (RowCoding? coding in codings)
        {
            table.UseCoding(coding);
            do
            {
                Assert.Equal(expected, TableScanner.Scan(query, [table], 2, None).Matches);
                steps++;
            }
            while (table.CodeNext());
        }

        Assert.InRange(steps, 4 * (9000 / RowChunk.MaxCapacity), 60);
        Assert.Equal(9000, TableScanner.Scan(query, [table], 1, None).Evidence.FlatBounded);
    }

    [Fact]
    public void Scan_EvidenceOfTheCascade_CountsStages()
    {
        const int Dimension = 128;
        List<RowChange> rows = Clustered(new(33), Dimension, 20_000);
        CentroidTable table = new(Dimension);
        table.Load(1, rows);
        using TableSnapshot snapshot = Coded(table, new(Dimension, Learned(rows, Dimension)));
        ScanQuery query = new(rows[5].Centroid, 10);
        ScanAnswer answer = TableScanner.Scan(query, [snapshot], 1, None);
        ScanCases.AssertExact(query, rows, answer);
        ScanEvidence evidence = answer.Evidence;
        Assert.InRange(evidence.ProjectedBounded, 20_000, 20_000 + RowChunk.MaxCapacity);
        Assert.InRange(evidence.ProjectedPassed, 10, 10_000);
        Assert.Equal(evidence.ProjectedPassed, evidence.QuantizedBounded);
        Assert.InRange(evidence.QuantizedPassed, 10, 500);
        Assert.Equal(evidence.QuantizedPassed, evidence.RowsRescored);
        Assert.InRange(evidence.LargestDropped!.Value, -1, MatchOrder.KthScore(answer.Matches, 10)!.Value);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(0)]
    public void Scan_WithAFilter_IsExactOverWhatItLetsPass(double share)
    {
        const int Dimension = 64;
        foreach (bool coded in (bool[])[false, true])
        {
            Random random = new(35);
            List<RowChange> rows = ScanCases.NearTies(random, Dimension, 5000);
            CentroidTable[] tables = ScanCases.Spread(random, Dimension, rows, 3);
            if (coded)
            {
                Code(random, Dimension, rows, tables);
            }

            HashSet<string> chosen = [.. rows.Where(_ => random.NextDouble() < share).Select(row => row.IdentityId)];
            TableSnapshot[] snapshots = [.. tables.Select(table => table.Snapshot())];
            RowFilter[] filters = [.. snapshots.Select(snapshot =>
                RowFilter.Create(snapshot, row => chosen.Contains(row.IdentityId)))];
            Assert.Equal(chosen.Count, filters.Sum(filter => filter.Count));
            ScanQuery query = new(rows[3].Centroid, 40) { Filters = filters };
            ScanAnswer answer = TableScanner.Scan(query, snapshots, 2, None);
            Assert.Equal(
                BruteForce.Search(query, rows.Where(row => chosen.Contains(row.IdentityId))), answer.Matches);
            Assert.True(answer.Complete);
        }
    }

    [Fact]
    public void Scan_AFilterOfAnotherSnapshot_IsRefused()
    {
        CentroidTable table = new(2);
        table.Apply(1, [new("a", 1, [1, 0])]);
        using TableSnapshot before = table.Snapshot();
        RowFilter filter = RowFilter.Create(before, _ => true);
        table.Apply(2, [new("b", 1, [0, 1])]);
        using TableSnapshot after = table.Snapshot();
        ScanQuery query = new([1, 0], 1) { Filters = [filter] };
        Assert.Throws<ArgumentException>(() => TableScanner.Scan(query, [after], 1, None));
        Assert.Throws<ArgumentException>(() => TableScanner.Scan(query, [before, after], 1, None));
        Assert.Throws<ArgumentException>(() => TableScanner.Scan(query, [table], 1, None));
        Assert.Single(TableScanner.Scan(query, [before], 1, None).Matches);
    }

    [Fact]
    public void Scan_UniformRows_LeavesTheFirstStageOut()
    {
        const int Dimension = 256;
        Random random = new(37);
        List<RowChange> rows = [.. Enumerable.Range(0, 60_000).Select(
            i => new RowChange($"{i}", 1, TestVectors.Unit(random, Dimension)))];
        CentroidTable table = new(Dimension);
        table.Load(1, rows);
        using TableSnapshot snapshot = Coded(table, new(Dimension, Learned(rows, Dimension)));
        ScanQuery query = new(TestVectors.Unit(random, Dimension), 10);
        ScanTuning small = new() { MaxPartRows = 4096 };
        ScanAnswer answer = TableScanner.ScanAll([query], [snapshot], 1, small, None)[0];
        ScanCases.AssertExact(query, rows, answer);
        Assert.InRange(answer.Evidence.ProjectedBounded, 4096, 30_000);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2048)]
    public void MemoryBytes_CodesAndMaps_AreWithinTheirShare(int dimension)
    {
        const int Rows = 4096;
        Random random = new(39);
        CentroidTable table = new(dimension);
        table.Load(
            1, Enumerable.Range(0, Rows).Select(i => new RowChange($"{i}", 1, TestVectors.Unit(random, dimension))));
        long flat = table.MemoryBytes;
        long rowBytes = Rows * 4L * dimension;
        Assert.InRange(flat - rowBytes, 0, Rows * 64);
        int rank = BasisLearning.RankFor(dimension);
        Coded(table, new(dimension, ScanCases.Basis(random, dimension, rank))).Dispose();
        Assert.InRange(table.MemoryBytes - flat, rowBytes / 4, (long)(0.33 * rowBytes));
    }

    private static void AssertEvidence(ScanAnswer answer, int top)
    {
        ScanEvidence evidence = answer.Evidence;
        Assert.True(evidence.ProjectedPassed <= evidence.ProjectedBounded);
        Assert.True(evidence.QuantizedPassed <= evidence.QuantizedBounded);
        Assert.True(evidence.FlatPassed <= evidence.FlatBounded);
        Assert.Equal(evidence.RowsRescored, evidence.QuantizedPassed + evidence.FlatPassed);
        Assert.False(evidence.LargestDropped >= MatchOrder.KthScore(answer.Matches, top));
    }

    // Every table in another state: no codes, the second stage only, a basis, a basis half-way in place of another.
    private static void Code(Random random, int dimension, List<RowChange> rows, CentroidTable[] tables)
    {
        SearchBasis basis = ScanCases.Basis(random, dimension, 16);
        foreach (CentroidTable table in tables)
        {
            int state = random.Next(4);
            if (state > 0)
            {
                table.UseCoding(new(dimension, state == 1 ? null : basis));
                for (int i = state == 3 ? random.Next(3) : int.MaxValue; i > 0 && table.CodeNext(); i--)
                {
                }
            }

            // Rows that come later are coded as they come.
            RowChange[] again = [.. rows.Where(_ => random.Next(4) == 0)];
            HashSet<string> own = [.. Ids(table)];
            table.Apply(20, [.. again.Where(row => own.Contains(row.IdentityId))]);
        }
    }

    private static string[] Ids(CentroidTable table)
    {
        using TableSnapshot snapshot = table.Snapshot();
        return [.. snapshot.Rows.Select(row => row.IdentityId)];
    }

    private static TableSnapshot Coded(CentroidTable table, RowCoding coding)
    {
        table.UseCoding(coding);
        while (table.CodeNext())
        {
        }

        return table.Snapshot();
    }

    private static SearchBasis Learned(List<RowChange> rows, int dimension) => BasisLearning.Learn(
        rows.SelectMany(row => row.Centroid!).ToArray(), dimension, 1, None)!;

    private static List<RowChange> Clustered(Random random, int dimension, int count)
    {
        float[][] centers = [.. Enumerable.Range(0, 24).Select(_ => TestVectors.Unit(random, dimension))];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float[] center = centers[random.Next(centers.Length)];
            float[] other = centers[random.Next(centers.Length)];
            float share = random.NextSingle();
            float[] noise = TestVectors.Unit(random, dimension);
            return new RowChange($"{i}", 1, QueryVector.Normalize(
                [.. center.Select((c, j) => c + (share * other[j]) + (0.4f * noise[j]))]));
        })];
    }
}
