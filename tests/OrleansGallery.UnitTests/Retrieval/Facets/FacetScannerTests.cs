using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Facets;

/// <summary>Searches that leave a facet out, against centroids made one by one.</summary>
public sealed class FacetScannerTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(1, 16, false)]
    [InlineData(2, 64, true)]
    [InlineData(5, 64, true)]
    [InlineData(5, 33, true)]
    public void Scan_WhileIdentitiesChange_EqualsBruteForce(int facets, int dimension, bool coded)
    {
        FacetGallery gallery = new(dimension, seed: facets + dimension, facets);
        FacetedTable table = new(dimension);
        for (int sequence = 1; sequence <= 60; sequence++)
        {
            if (coded && sequence % 20 == 0)
            {
                table.UseCoding(new(dimension, ScanCases.Basis(new(sequence), dimension, 16)));
                while (sequence == 40 && table.CodeNext())
                {
                }
            }

            table.Apply(sequence, [.. Enumerable.Range(0, 40).Select(_ => gallery.Change(identities: 200))]);
            foreach (string facet in gallery.Names.Append("nobody's"))
            {
                ScanQuery[] queries = [.. Enumerable.Range(1, 3).Select(i => gallery.Query(facet, top: i * i * 4))];
                ScanAnswer[] answers = FacetScanner.TryScanAll(queries, [table], 2, None)!;
                Assert.All(queries.Zip(answers), pair => Assert.Equal(gallery.Expect(pair.First), pair.Second.Matches));
                Assert.All(answers, answer => Assert.True(answer.Complete));
                Assert.Equal(sequence, answers[0].Tables[0].Sequence);
            }
        }

        Assert.Equal(coded, FacetScanner.TryScanAll([gallery.Query("c1", 3)], [table], 1, None)![0]
            .Evidence.ProjectedBounded > 0);
    }

    [Fact]
    public void Load_TheSameIdentities_AnswersAsThoseThatChanged()
    {
        FacetGallery gallery = new(32, seed: 9, facets: 4);
        FacetedTable changed = new(32);
        FacetedTable loaded = new(32);
        FacetedLoad load = loaded.BeginLoad();
        for (int i = 1; i <= 600; i++)
        {
            RowChange change = gallery.Change(identities: 50);
            changed.Apply(i, [change]);
            load.Put(change);
        }

        load.Publish(600);
        Assert.Equal((changed.Count, changed.FacetRows), (loaded.Count, loaded.FacetRows));
        Assert.True(loaded.FacetRows > 50);
        foreach (string facet in gallery.Names)
        {
            ScanQuery query = gallery.Query(facet, 20);
            Assert.Equal(gallery.Expect(query), FacetScanner.TryScanAll([query], [loaded], 1, None)![0].Matches);
        }
    }

    [Fact]
    public void Scan_IdentitiesOfOneFacet_TakeNoMoreMemoryAndAreNoMatch()
    {
        FacetGallery gallery = new(32, seed: 3, facets: 1);
        FacetedTable table = new(32);
        CentroidTable plain = new(32);
        RowChange[] changes = [.. Enumerable.Range(0, 300).Select(_ => gallery.Change(identities: 100))];
        table.Apply(1, changes);
        plain.Apply(1, changes);
        Assert.Equal((plain.MemoryBytes, 0), (table.MemoryBytes, table.FacetRows));
        Assert.Empty(FacetScanner.TryScanAll([gallery.Query("", 5)], [table], 1, None)![0].Matches);
        Assert.Equal(5, FacetScanner.TryScanAll([gallery.Query("c1", 5)], [table], 1, None)![0].Matches.Count);
    }

    // The best rows all have the facet: they must not stand in for a k-th score.
    [Fact]
    public void Scan_WhereTheBestRowsHaveTheFacet_LooksAtFewOthers()
    {
        const int Dimension = 64;
        Random random = new(5);
        List<RowChange> rows = [.. Enumerable.Range(0, 4000).Select(i =>
        {
            float[] unit = TestVectors.Unit(random, Dimension);
            string facet = i < 2000 ? "c1" : "c2";
            return new RowChange($"p{i}", 1, unit) { Facets = [new FacetRow(facet, 0, null)] };
        })];
        FacetedTable table = new(Dimension);
        table.Apply(1, rows);
        table.UseCoding(new(Dimension, ScanCases.Basis(random, Dimension, 32)));
        while (table.CodeNext())
        {
        }

        ScanQuery query = new(rows[7].Centroid, 5) { ExcludedFacet = "c1" };
        ScanAnswer answer = FacetScanner.TryScanAll([query], [table], 1, None)![0];
        Assert.Equal(BruteForce.Search(query, rows[2000..]), answer.Matches);
        Assert.InRange(answer.Evidence.RowsRescored, 5, 200);
    }

    [Fact]
    public void Apply_MoreFacetsThanConditions_GivesThemUp()
    {
        FacetedTable table = new(4);
        IdentityCentroid centroid = new(4);
        for (int i = 0; i <= FacetedTable.MaxFacets; i++)
        {
            centroid.Add($"c{i}", [1, i, 0, 0]);
            float[] unit = new float[4];
            Assert.True(centroid.TryGetCentroid(unit));
            table.Apply(i + 1, [new("p", centroid.Count, unit) { Facets = centroid.WithoutEachFacet() }]);
            Assert.Equal(i < FacetedTable.MaxFacets, table.SnapshotWithout("c1") is not null);
        }

        Assert.Equal((1, 0), (table.Count, table.FacetRows));
        FacetedLoad load = table.BeginLoad();
        load.Put(new("p", 2, [1, 0, 0, 0]) { Facets = centroid.WithoutEachFacet() });
        load.Publish(100);
        Assert.Null(table.SnapshotWithout("c1"));
        load = table.BeginLoad();
        load.Put(new("p", 2, [1, 0, 0, 0]));
        load.Publish(101);
        using FacetSnapshot? snapshot = table.SnapshotWithout("c1");
        Assert.Equal(1, snapshot?.Whole.Count);
    }

    [Fact]
    public void Scan_QueriesOfSeveralFacets_AreRefused()
    {
        FacetGallery gallery = new(4, 1, 2);
        Assert.Throws<ArgumentException>(() => FacetScanner.TryScanAll(
            [gallery.Query("c1", 1), gallery.Query("", 1)], [new FacetedTable(4)], 1, None));
        Assert.Throws<ArgumentException>(() => FacetScanner.TryScanAll(
            [gallery.Query(null, 1)], [new FacetedTable(4)], 1, None));
    }

    // An identity moves between the whole rows and those that stand for it: no answer may have it twice or not at all.
    [Fact]
    public async Task Scan_WhileFacetsComeAndGo_SeesEveryIdentityOnce()
    {
        const int Dimension = 32;
        const int Identities = 40;
        FacetedTable table = new(Dimension);
        IdentityCentroid[] centroids = [.. Enumerable.Range(0, Identities).Select(i =>
        {
            IdentityCentroid centroid = new(Dimension);
            centroid.Add("c2", TestVectors.Unit(new(i), Dimension));
            return centroid;
        })];
        float[] image = TestVectors.Unit(new(99), Dimension);
        table.Apply(1, [.. centroids.Select(Row)]);
        Task writer = Task.Run(() =>
        {
            for (int sequence = 2; sequence < 4000; sequence++)
            {
                for (int i = 0; i < Identities; i++)
                {
                    if (centroids[i].Find("c1") is null)
                    {
                        centroids[i].Add("c1", image);
                    }
                    else
                    {
                        centroids[i].Remove("c1", image);
                    }
                }

                table.Apply(sequence, [.. centroids.Select(Row)]);
            }
        }, TestContext.Current.CancellationToken);
        ScanQuery query = new(image, 2 * Identities) { ExcludedFacet = "c1" };
        int answers = 0;
        for (bool last = false; !last; answers++)
        {
            last = writer.IsCompleted;
            ScanAnswer answer = FacetScanner.TryScanAll([query], [table], 1, None)![0];
            Assert.Equal(Identities, answer.Matches.Select(match => match.IdentityId).Distinct().Count());
            Assert.Equal(Identities, answer.Matches.Count);
            Assert.All(answer.Matches, match => Assert.Equal(1, match.Count));
        }

        await writer;
        Assert.True(answers > 10);

        static RowChange Row(IdentityCentroid centroid, int i)
        {
            float[] unit = new float[Dimension];
            Assert.True(centroid.TryGetCentroid(unit));
            return new($"p{i}", centroid.Count, unit) { Facets = centroid.WithoutEachFacet() };
        }
    }
}
