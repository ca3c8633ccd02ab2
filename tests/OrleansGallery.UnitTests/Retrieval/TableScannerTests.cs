using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class TableScannerTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public void Scan_RandomTables_EqualsBruteForce()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            int[] dimensions = [3, 8, 17, 64, 300];
            int dimension = dimensions[seed % dimensions.Length];
            List<RowChange> rows = ScanCases.NearTies(random, dimension, random.Next(1, 600));
            CentroidTable[] tables = ScanCases.Spread(random, dimension, rows, random.Next(1, 6));
            ScanQuery query = ScanCases.Query(random, dimension, rows);
            ScanCases.AssertExact(query, rows, TableScanner.Scan(query, tables, random.Next(1, 4), None));
        }
    }

    [Fact]
    public void Scan_WithTooLittleSlack_IsCaughtByTheSameCheck()
    {
        int caught = 0;
        ScanTuning weak = new() { Flat = -DotSlack.For(64) };
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            List<RowChange> rows = ScanCases.NearTies(random, 64, 600);
            TableSnapshot[] snapshots = [.. ScanCases.Spread(random, 64, rows, 2).Select(table => table.Snapshot())];
            ScanQuery query = new(rows[0].Centroid, 5);
            Match[] expected = BruteForce.Search(query, rows);
            caught += expected.SequenceEqual(
                TableScanner.ScanAll([query], snapshots, 1, weak, None)[0].Matches) ? 0 : 1;
            Assert.Equal(expected, TableScanner.Scan(query, snapshots, 1, None).Matches);
        }

        Assert.InRange(caught, 1, 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Scan_ManyIdenticalRows_ReturnsTheFirstIds(int threads)
    {
        float[] unit = TestVectors.Unit(new(14), 8);
        CentroidTable table = new(8);
        table.Load(1, Enumerable.Range(0, 20_000).Select(
            i => new RowChange($"{i * 7919 % 20_000:D5}", 1, unit)));
        ScanAnswer answer = TableScanner.Scan(new(unit, 4), [table], threads, None);
        Assert.Equal(["00000", "00001", "00002", "00003"], answer.Matches.Select(match => match.IdentityId));
        Assert.Equal(20_000, answer.Evidence.RowsScanned);
    }

    [Fact]
    public void Scan_MoreAskedThanThereAre_ReturnsAll()
    {
        List<RowChange> rows = ScanCases.NearTies(new(15), 8, 30);
        CentroidTable table = new(8);
        table.Load(3, rows);
        ScanQuery query = new(rows[0].Centroid, ScanQuery.MaxTop);
        ScanAnswer answer = TableScanner.Scan(query, [table], 2, None);
        ScanCases.AssertExact(query, rows, answer);
        Assert.Equal(30, answer.Matches.Count);
        Assert.Null(MatchOrder.KthScore(answer.Matches, query.Top));
    }

    [Fact]
    public void Scan_MinimumScoreOfAMatch_KeepsIt()
    {
        List<RowChange> rows = ScanCases.NearTies(new(16), 32, 300);
        CentroidTable table = new(32);
        table.Load(3, rows);
        Match[] all = BruteForce.Search(new(rows[0].Centroid, 300), rows);
        foreach (int rank in (int[])[0, 1, 50, 299])
        {
            ScanQuery query = new(rows[0].Centroid, 100) { MinimumScore = all[rank].Score };
            ScanCases.AssertExact(query, rows, TableScanner.Scan(query, [table], 1, None));
        }

        ScanQuery none = new(rows[0].Centroid, 1) { MinimumScore = 1.5 };
        Assert.Empty(TableScanner.Scan(none, [table], 1, None).Matches);
    }

    [Fact]
    public void Scan_NoTableOrNoRow_IsAnEmptyCompleteAnswer()
    {
        ScanQuery query = new([1, 0], 10);
        ScanAnswer none = TableScanner.Scan(query, Array.Empty<CentroidTable>(), 2, None);
        Assert.True(none.Complete);
        Assert.Empty(none.Matches);
        CentroidTable table = new(2);
        table.Apply(4, []);
        ScanAnswer empty = TableScanner.Scan(query, [table], 2, None);
        Assert.True(empty.Complete);
        Assert.Empty(empty.Matches);
        Assert.Equal([new TableEvidence(4, 0, 0)], empty.Tables);
        table.Apply(5, [new("a", 1, [1, 0])]);
        ScanQuery excluded = new([1, 0], 1) { Excluded = new HashSet<string> { "a" } };
        Assert.Empty(TableScanner.Scan(excluded, [table], 1, None).Matches);
    }

    [Fact]
    public void Scan_DeadlineHasPassed_IsIncomplete()
    {
        List<RowChange> rows = ScanCases.NearTies(new(17), 8, 10);
        CentroidTable table = new(8);
        table.Load(1, rows);
        ScanAnswer answer = TableScanner.Scan(new(rows[0].Centroid, 3), [table], 2, new(canceled: true));
        Assert.False(answer.Complete);
        Assert.Empty(answer.Matches);
        Assert.Equal([new TableEvidence(1, 10, 0)], answer.Tables);
        Assert.False(answer.Tables[0].Complete);
    }

    [Fact]
    public void Scan_DeadlineInTheMiddle_ReturnsTheBestOfTheRowsScanned()
    {
        List<RowChange> rows = ScanCases.NearTies(new(18), 8, 8000);
        CentroidTable table = new(8);
        table.Load(1, rows);

        // The set of excluded identities is asked for each candidate: it ends the scan on the first one of a later
        // chunk.
        using CancellationTokenSource deadline = new();
        ScanQuery query = new(rows[0].Centroid, 1000) { Excluded = new CancellingSet(deadline, after: 1500) };
        using TableSnapshot snapshot = table.Snapshot();
        ScanTuning small = new() { MaxPartRows = RowChunk.MaxCapacity };
        ScanAnswer answer = TableScanner.ScanAll([query], [snapshot], 1, small, deadline.Token)[0];
        Assert.False(answer.Complete);
        long scanned = answer.Evidence.RowsScanned;
        Assert.InRange(scanned, 1500, 7999);
        Assert.Equal(BruteForce.Search(new(query.Unit, 1000), rows.Take((int)scanned)), answer.Matches);
    }

    [Fact]
    public void Scan_AHelperFails_ThrowsInTheCaller()
    {
        List<RowChange> rows = ScanCases.NearTies(new(19), 8, 4000);
        CentroidTable table = new(8);
        table.Load(1, rows);
        ScanQuery query = new(rows[0].Centroid, 10) { Excluded = new CancellingSet(null, after: 0) };
        Assert.Throws<NullReferenceException>(() => TableScanner.Scan(query, [table], 4, None));
    }

    [Fact]
    public void Query_BadInput_IsAClearError()
    {
        Assert.Equal(EmbeddingFault.NotFinite, Fault([float.NaN, 0]));
        Assert.Equal(EmbeddingFault.NotFinite, Fault([float.PositiveInfinity, 0]));
        Assert.Equal(EmbeddingFault.ZeroVector, Fault([0, 0]));
        Assert.Equal(EmbeddingFault.WrongDimension, Fault([]));
        Assert.Throws<ArgumentException>(() => new ScanQuery([1, 1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScanQuery([1, 0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScanQuery([1, 0], 1001));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScanQuery([1, 0], 1) { MinimumScore = double.NaN });
        EmbeddingException error = Assert.Throws<EmbeddingException>(
            () => TableScanner.Scan(new([1, 0], 1), [new CentroidTable(3)], 1, None));
        Assert.Equal(EmbeddingFault.WrongDimension, error.Fault);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TableScanner.Scan(new([1, 0], 1), [new CentroidTable(2)], 0, None));

        static EmbeddingFault Fault(float[] unit) =>
            Assert.Throws<EmbeddingException>(() => new ScanQuery(unit, 1)).Fault;
    }

    // Cancels after so many questions; without a source it fails.
    private sealed class CancellingSet(CancellationTokenSource? source, int after)
        : HashSet<string>, IReadOnlySet<string>
    {
        private int _asked;

        bool IReadOnlySet<string>.Contains(string item)
        {
            if (++_asked > after)
            {
                source!.Cancel();
            }

            return false;
        }
    }
}
