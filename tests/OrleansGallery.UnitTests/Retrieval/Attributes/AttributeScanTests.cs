using OrleansGallery.Retrieval;
using OrleansGallery.UnitTests.Retrieval.Facets;

namespace OrleansGallery.UnitTests.Retrieval.Attributes;

/// <summary>Searches that attributes filter, against every row compared one by one.</summary>
public sealed class AttributeScanTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(16, false)]
    [InlineData(64, true)]
    [InlineData(65, true)]
    [InlineData(2048, true)]
    public void Scan_WhileIdentitiesChangeAndChunksAreCompacted_EqualsBruteForce(int dimension, bool coded)
    {
        Random random = new(dimension);
        AttributeGallery gallery = new(dimension, random);
        CentroidTable table = new(dimension);
        for (int sequence = 1; sequence <= 40; sequence++)
        {
            if (coded && sequence % 15 == 0)
            {
                table.UseCoding(new(dimension, ScanCases.Basis(new(sequence), dimension, 16)));
                while (sequence == 30 && table.CodeNext())
                {
                }
            }

            table.Apply(sequence, gallery.Change(identities: 3000, count: 200));
            ScanQuery[] queries =
            [
                .. Enumerable.Range(0, 5).Select(i => gallery.Query(i == 4 ? null : gallery.Filter(), 1 + (i * i * 4))),
            ];

            // Alone, together, and together with one that has no filter.
            ScanAnswer[] answers = TableScanner.ScanAll(queries, [table], 2, None);
            Assert.All(queries.Zip(answers), pair => Assert.Equal(gallery.Expect(pair.First), pair.Second.Matches));
            Assert.Equal(gallery.Expect(queries[0]), TableScanner.Scan(queries[0], [table], 1, None).Matches);
            Assert.All(answers, answer => Assert.True(answer.Complete));
            Assert.All(answers, answer => Assert.Equal(table.Count, answer.Evidence.RowsScanned));
        }

        Assert.Equal(
            coded, TableScanner.Scan(gallery.Query(null, 3), [table], 1, None).Evidence.ProjectedBounded > 0);
    }

    [Fact]
    public void Scan_ASnapshot_KeepsItsAttributesWhateverChanges()
    {
        Random random = new(7);
        AttributeGallery gallery = new(64, random);
        CentroidTable table = new(64, chunkRows: 64);
        table.Apply(1, gallery.Change(identities: 1000, count: 900));
        ScanQuery[] queries = [.. Enumerable.Range(0, 8).Select(_ => gallery.Query(gallery.Filter(), 20))];
        Match[][] expected = Array.ConvertAll(queries, gallery.Expect);
        using TableSnapshot held = table.Snapshot();
        for (int sequence = 2; sequence <= 30; sequence++)
        {
            table.Apply(sequence, gallery.Change(identities: 1000, count: 300));
            Assert.Equal(
                expected, TableScanner.ScanAll(queries, [held], 2, None).Select(answer => answer.Matches));
        }

        Assert.All(queries, query => Assert.Equal(
            gallery.Expect(query), TableScanner.Scan(query, [table], 2, None).Matches));
    }

    [Fact]
    public void Scan_AtTheEdges_FindsNobodyOrEverybody()
    {
        AttributeGallery gallery = new(64, new Random(3));
        FacetedTable table = new(64);
        FacetedLoad load = table.BeginLoad();
        foreach (RowChange row in gallery.Change(identities: 500, count: 2000))
        {
            load.Put(row);
        }

        load.Publish(1);
        AttributeChoice nobodys = new("colour", ["nobody's"]);
        Assert.Empty(Search(new([nobodys], [])));
        Assert.Empty(Search(new([new("unknown", ["v1"])], [])));
        Assert.Empty(Search(new([new("colour", [])], [])));
        Assert.Equal(gallery.Rows.Count, Search(new([], [])).Count);
        Assert.Equal(gallery.Rows.Count, Search(new([], [nobodys])).Count);
        string one = gallery.Rows.First(row => row.Attributes is not null).IdentityId;
        Assert.Equal([one], Search(new([new("name", [one])], [])).Select(match => match.IdentityId));
        Assert.DoesNotContain(Search(new([], [new("name", [one])])), match => match.IdentityId == one);

        IReadOnlyList<Match> Search(AttributeFilter filter) =>
            TableScanner.Scan(gallery.Query(filter, ScanQuery.MaxTop), [table.Whole], 1, None).Matches;
    }

    // The best rows all fail the filter: they must not stand in for a k-th score, nor be read.
    [Fact]
    public void Scan_WhereFewRowsCanBeMatches_LooksAtThoseAlone()
    {
        const int Dimension = 64;
        Random random = new(5);
        RowChange[] rows =
        [
            .. Enumerable.Range(0, 20_000).Select(i => new RowChange($"p{i}", 1, TestVectors.Unit(random, Dimension))
            {
                Attributes = AttributeSet.Of([new("rare", i % 2000 == 7 ? "yes" : "no")]),
            }),
        ];
        CentroidTable table = new(Dimension);
        table.Apply(1, rows);
        table.UseCoding(new(Dimension, ScanCases.Basis(random, Dimension, 32)));
        while (table.CodeNext())
        {
        }

        ScanQuery query = new(rows[3].Centroid, 5) { Attributes = new([new("rare", ["yes"])], []) };
        ScanAnswer answer = TableScanner.Scan(query, [table], 1, None);

        Assert.Equal(BruteForce.Search(query, rows.Where((_, i) => i % 2000 == 7)), answer.Matches);
        Assert.InRange(answer.Evidence.ProjectedBounded, 10, 10 * 32);
        Assert.InRange(answer.Evidence.RowsRescored, 5, 10);
        Assert.Equal(20_000, answer.Evidence.RowsScanned);
    }

    [Fact]
    public void Scan_WithAFacetLeftOutToo_EqualsBruteForce()
    {
        FacetGallery gallery = new(64, seed: 11, facets: 3);
        FacetedTable table = new(64);
        AttributeSet[] sets =
        [
            AttributeSet.Empty, AttributeSet.Of([new("a", "1")]), AttributeSet.Of([new("a", "2"), new("b", "1")]),
        ];
        for (int sequence = 1; sequence <= 30; sequence++)
        {
            table.Apply(sequence, [.. Enumerable.Range(0, 40).Select(_ =>
            {
                RowChange change = gallery.Change(identities: 100);
                return change with { Attributes = SetOf(change.IdentityId) };
            })]);
        }

        AttributeFilter filter = new([new("a", ["1", "2"])], [new("b", ["1"])]);
        foreach (string facet in gallery.Names)
        {
            ScanQuery all = gallery.Query(facet, 200);
            ScanQuery some = new(all.Unit, 10) { ExcludedFacet = facet, Attributes = filter };
            ScanAnswer answer = FacetScanner.TryScanAll([some], [table], 2, None)![0];
            Assert.Equal(
                gallery.Expect(all).Where(match => filter.Lets(SetOf(match.IdentityId))).Take(10), answer.Matches);
            Assert.NotEmpty(answer.Matches);
        }

        AttributeSet SetOf(string id) => sets[id[^1] % sets.Length];
    }

    [Fact]
    public async Task Scan_WhileAttributesChange_SeesEachChangeAsAWhole()
    {
        const int Dimension = 32;
        const int Identities = 100;
        AttributeSet[] sets = [AttributeSet.Of([new("side", "left")]), AttributeSet.Of([new("side", "right")])];
        float[] unit = TestVectors.Unit(new(1), Dimension);
        CentroidTable table = new(Dimension, chunkRows: 64);
        table.Apply(1, Rows(1));
        Task writer = Task.Run(() =>
        {
            for (int sequence = 2; sequence < 3000; sequence++)
            {
                table.Apply(sequence, Rows(sequence));
            }
        }, TestContext.Current.CancellationToken);
        ScanQuery left = new(unit, 2 * Identities) { Attributes = new([new("side", ["left"])], []) };
        ScanQuery right = new(unit, 2 * Identities) { Attributes = new([], [new("side", ["left"])]) };
        int answers = 0;
        for (bool last = false; !last; answers++)
        {
            last = writer.IsCompleted;
            ScanAnswer[] both = TableScanner.ScanAll([left, right], [table], 1, None);
            int expected = both[0].Tables[0].Sequence % 2 == 0 ? Identities : 0;
            Assert.Equal((expected, Identities - expected), (both[0].Matches.Count, both[1].Matches.Count));
        }

        await writer;
        Assert.True(answers > 10);

        RowChange[] Rows(int sequence) =>
        [
            .. Enumerable.Range(0, Identities).Select(
                i => new RowChange($"p{i}", 1, unit) { Attributes = sets[sequence % 2] }),
        ];
    }
}
