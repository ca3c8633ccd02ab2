using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class ScanAllocationTests
{
    private const int Dimension = 64;

    [Fact]
    public void Work_ManyRows_AllocatesNothing()
    {
        CentroidTable table = Table(20_000);
        ScanQuery query = new(TestVectors.Unit(new(21), Dimension), 100);

        // Code that is not optimised yet may allocate; an allocation per row would show in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 30; round++)
        {
            using TopMatches best = new(query.Top, null);
            ScanJob job = new(query, [table.Snapshot().Version], best, DotSlack.For(Dimension), CancellationToken.None);
            long before = GC.GetAllocatedBytesForCurrentThread();
            job.Work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(20_000, job.Answer().Evidence.RowsScanned);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Scan_TenTimesTheRows_AllocatesTheSame()
    {
        long few = AllocatedByScan(Table(2000));
        long many = AllocatedByScan(Table(20_000));
        Assert.Equal(few, many);
        Assert.InRange(many, 0, 8000); // the answer of 100 matches and the job
    }

    private static long AllocatedByScan(CentroidTable table)
    {
        ScanQuery query = new(TestVectors.Unit(new(22), Dimension), 100);
        long allocated = long.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            TableScanner.Scan(query, [table], 1, CancellationToken.None);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return allocated;
    }

    private static CentroidTable Table(int rows)
    {
        Random random = new(23);
        CentroidTable table = new(Dimension);
        table.Load(1, Enumerable.Range(0, rows).Select(
            i => new RowChange($"id{i}", 1, TestVectors.Unit(random, Dimension))));
        return table;
    }
}
