using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class ScanAllocationTests
{
    private const int Dimension = 64;

    // The answer of 100 matches, the query's codes and the job; parts of the job are a few bytes each.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scan_TenTimesTheRows_AllocatesTheSame(bool coded)
    {
        // The larger table first: code that is not optimised yet allocates a little more, and would make it look
        // better.
        long many = AllocatedByScan(Table(200_000, coded));
        long few = AllocatedByScan(Table(20_000, coded));
        Assert.InRange(many - few, 0, 2000);
        Assert.InRange(many, 0, 12_000);
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

    private static CentroidTable Table(int rows, bool coded)
    {
        Random random = new(23);
        CentroidTable table = new(Dimension);
        table.Load(1, Enumerable.Range(0, rows).Select(
            i => new RowChange($"id{i}", 1, TestVectors.Unit(random, Dimension))));
        table.UseCoding(coded ? new(Dimension, ScanCases.Basis(random, Dimension, 16)) : null);
        while (table.CodeNext())
        {
        }

        return table;
    }
}
