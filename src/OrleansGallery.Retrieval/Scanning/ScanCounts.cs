namespace OrleansGallery.Retrieval;

/// <summary>What was done for one query.</summary>
internal struct ScanCounts
{
    public long FirstBounded;
    public long FirstPassed;
    public long SecondBounded;
    public long SecondPassed;
    public long FlatBounded;
    public long FlatPassed;
    public long Rescored;
    public double LargestDropped;

    public static ScanCounts None => new() { LargestDropped = double.NegativeInfinity };

    public void Add(in ScanCounts other)
    {
        FirstBounded += other.FirstBounded;
        FirstPassed += other.FirstPassed;
        SecondBounded += other.SecondBounded;
        SecondPassed += other.SecondPassed;
        FlatBounded += other.FlatBounded;
        FlatPassed += other.FlatPassed;
        Rescored += other.Rescored;
        LargestDropped = Math.Max(LargestDropped, other.LargestDropped);
    }
}
