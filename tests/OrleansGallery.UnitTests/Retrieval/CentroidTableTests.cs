using System.Runtime.InteropServices;
using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class CentroidTableTests
{
    private static readonly float[] X = [1, 0, 0];
    private static readonly float[] Y = [0, 1, 0];

    [Fact]
    public void Apply_UpsertsAndRemovals_ShowsTheLastOfEach()
    {
        CentroidTable table = new(3);
        Assert.Equal(0, table.Sequence);
        table.Apply(1, [new("a", 1, X), new("b", 1, X), new("c", 1, X)]);
        table.Apply(5, [new("b", 0, null), new("c", 2, Y), new("unknown", 0, null)]);
        Assert.Equal([("a", 1L, "1 0 0"), ("c", 2L, "0 1 0")], Rows(table.Snapshot()));
        Assert.Equal(2, table.Count);
        Assert.Equal(5, table.Sequence);
    }

    [Fact]
    public void Apply_OneIdentityTwice_TheLastCounts()
    {
        CentroidTable table = new(3);
        table.Apply(1, [new("a", 1, X), new("a", 2, Y), new("b", 1, X), new("b", 0, null)]);
        Assert.Equal([("a", 2L, "0 1 0")], Rows(table.Snapshot()));
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void Apply_NoChange_MovesTheSequence()
    {
        CentroidTable table = new(3);
        table.Apply(7, []);
        Assert.Equal(7, table.Sequence);
        Assert.Equal(0, table.Snapshot().Count);
    }

    [Fact]
    public void Apply_ABadChange_ChangesNothing()
    {
        CentroidTable table = new(3);
        table.Apply(2, [new("a", 1, X)]);
        RowChange[] bad =
        [
            new("b", 1, [1, 0]), new("b", 1, [1, 1, 0]), new("b", 1, [float.NaN, 0, 0]), new("b", 0, X),
            new("b", 1, [0, 0, 0]), new("", 1, X), new("b", 1, [float.PositiveInfinity, 0, 0]),
        ];
        foreach (RowChange change in bad)
        {
            Assert.Throws<ArgumentException>(() => table.Apply(3, [new("a", 9, Y), change]));
            Assert.Throws<ArgumentException>(() => table.Load(3, [new("a", 9, Y), change]));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => table.Apply(2, [new("a", 9, Y)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Load(1, [new("a", 9, Y)]));
        Assert.Equal([("a", 1L, "1 0 0")], Rows(table.Snapshot()));
        Assert.Equal(2, table.Sequence);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CentroidTable(0));
    }

    [Fact]
    public void Apply_CallersArrayChangedAfterwards_TableKeepsItsCopy()
    {
        CentroidTable table = new(3);
        float[] centroid = [1, 0, 0];
        table.Apply(1, [new("a", 1, centroid)]);
        centroid[0] = 7;
        Assert.Equal([("a", 1L, "1 0 0")], Rows(table.Snapshot()));
    }

    [Fact]
    public void Load_ReplacesAllRows_AndEarlierSnapshotsKeepTheirs()
    {
        CentroidTable table = new(3);
        table.Apply(1, [new("a", 1, X), new("b", 1, X)]);
        using TableSnapshot before = table.Snapshot();

        // One array for every row: it may be filled again once the next row is asked for.
        float[] reused = new float[3];
        table.Load(4, Enumerable.Range(0, 3000).Select(i =>
        {
            Y.CopyTo(reused, 0);
            return new RowChange($"id{i % 2500}", i + 1, reused);
        }));
        Assert.Equal(2500, table.Count);
        Assert.Equal(4, table.Sequence);
        Assert.Equal(["a", "b"], before.Rows.Select(row => row.IdentityId));
        Assert.Equal(2501, table.Snapshot().Rows.Single(row => row.IdentityId == "id0").Count);
        table.Apply(5, [new("id0", 0, null)]);
        Assert.Equal(2499, table.Count);
    }

    [Fact]
    public void Load_RowsThatThrow_ChangesNothing()
    {
        CentroidTable table = new(3);
        table.Apply(1, [new("a", 1, X)]);
        Assert.Throws<IOException>(() => table.Load(2, Failing()));
        Assert.Equal((1, 1), (table.Count, table.Sequence));

        static IEnumerable<RowChange> Failing()
        {
            yield return new("b", 1, Y);
            throw new IOException();
        }
    }

    [Fact]
    public void Snapshot_Disposed_CannotBeRead()
    {
        TableSnapshot snapshot = new CentroidTable(3).Snapshot();
        snapshot.Dispose();
        snapshot.Dispose();
        Assert.Throws<ObjectDisposedException>(() => snapshot.Rows);
    }

    [Fact]
    public void Apply_OneHotIdentity_IsCompactedAndOldSnapshotsKeepTheirRow()
    {
        CentroidTable table = new(3);
        table.Apply(1, [new("cold", 1, Y)]);
        List<TableSnapshot> snapshots = [];
        for (int sequence = 2; sequence < 20_000; sequence++)
        {
            table.Apply(sequence, [new("hot", sequence, X)]);
            if (sequence % 500 == 0)
            {
                snapshots.Add(table.Snapshot());
            }
        }

        // Snapshots held all the time: nothing is hoarded behind them. A chunk is 1024 x (64 + 32) bytes.
        Assert.InRange(table.MemoryBytes, 1, 12 * 1024 * 96);
        foreach (TableSnapshot snapshot in snapshots)
        {
            Assert.Equal(
                [("cold", 1L, "0 1 0"), ("hot", snapshot.Sequence, "1 0 0")],
                Rows(snapshot).OrderBy(row => row.Item1, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Apply_ManyUpdates_HoldsAtMostAThirdMoreThanItsRowsNeed()
    {
        const int Rows = 10_000;
        Random random = new(13);
        CentroidTable table = new(16);
        float[] unit = TestVectors.Unit(random, 16);
        table.Load(0, Enumerable.Range(0, Rows).Select(i => new RowChange($"id{i}", 1, unit)));
        long loaded = table.MemoryBytes;
        Assert.InRange(loaded, Rows * (64 + 32), Rows * (64 + 32 + 90));
        for (int sequence = 1; sequence < 3000; sequence++)
        {
            table.Apply(sequence, [.. Enumerable.Range(0, 20).Select(
                _ => new RowChange($"id{random.Next(Rows)}", sequence, unit))]);
            Assert.InRange(table.MemoryBytes, loaded, (loaded * 4 / 3) + (2 * 1024 * 96));
        }

        table.Apply(3000, [.. Enumerable.Range(0, Rows).Select(i => new RowChange($"id{i}", 0, null))]);
        Assert.Equal(0, table.Count);
        Assert.InRange(table.MemoryBytes, 0, loaded * 2 / 3); // the tail, two spare chunks and the emptied map
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_ManyUpdates_AllocatesNoRowsOnceWarm(bool oneIsHeld)
    {
        const int Updates = 20_000;
        CentroidTable table = new(512);
        float[] unit = TestVectors.Unit(new(20), 512);
        table.Load(0, Enumerable.Range(0, 1000).Select(i => new RowChange($"id{i}", 1, unit)));
        using TableSnapshot? held = oneIsHeld ? table.Snapshot() : null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= Updates; i++)
        {
            // A reader that comes and goes.
            using TableSnapshot? passing = i % 3 == 0 ? table.Snapshot() : null;
            table.Apply(i, [new($"id{i % 1000}", i, unit)]);
        }

        long perUpdate = (GC.GetAllocatedBytesForCurrentThread() - before) / Updates;
        Assert.InRange(perUpdate, 0, 1200); // a row has 2048, and is copied once or more
        Assert.All(held?.Rows ?? [], row => Assert.Equal(1, row.Count));
        Assert.Equal(1000, table.Snapshot().Rows.Count());
    }

    [Fact]
    public void Apply_ChunksRetiredLongAfterASnapshotWasGivenUpOn_AreNotWrittenUnderIt()
    {
        const int Cold = 512; // two chunks
        CentroidTable table = new(512);
        float[] before = TestVectors.Unit(new(26), 512);
        float[] after = TestVectors.Unit(new(27), 512);
        table.Load(0, Enumerable.Range(0, Cold).Select(i => new RowChange($"cold{i}", 1, before)));
        using TableSnapshot held = table.Snapshot();
        long sequence = 0;
        Update("hot", 5000); // retires more chunks than wait for a reader
        for (int i = 0; i < Cold; i++)
        {
            Update($"cold{i}", 1);
        }

        Update("hot", 5000);
        Assert.Equal(Cold, held.Rows.Count());
        Assert.All(held.Rows, row => Assert.Equal(before, row.Centroid.ToArray()));

        void Update(string identityId, int times)
        {
            for (; times > 0; times--)
            {
                table.Apply(++sequence, [new(identityId, 2, after)]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(512)]
    [InlineData(EmbeddingLimits.MaxDimension)]
    public void Rows_AnyDimension_AreAlignedAndWhole(int dimension)
    {
        Random random = new(dimension);
        CentroidTable table = new(dimension);
        float[][] units = [.. Enumerable.Range(0, 70).Select(_ => TestVectors.Unit(random, dimension))];
        table.Apply(1, [.. units.Select((unit, i) => new RowChange($"{i}", 1, unit))]);
        foreach (SnapshotRow row in table.Snapshot().Rows)
        {
            Assert.True(MemoryMarshal.TryGetArray(row.Centroid, out ArraySegment<float> floats));
            Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(floats.Array!, floats.Offset) % 64);
            Assert.Equal(units[int.Parse(row.IdentityId)], row.Centroid.ToArray());
        }
    }

    private static IEnumerable<(string, long, string)> Rows(TableSnapshot snapshot) =>
        snapshot.Rows.Select(row => (row.IdentityId, row.Count, string.Join(' ', row.Centroid.ToArray())));
}
