using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>The methods that are compared; the first is the baseline.</summary>
internal static class ScanMethods
{
    /// <summary>The float32 scan, against which speed is given.</summary>
    public const string Flat = "flat";

    /// <summary>The scan of int8 rows.</summary>
    public const string Int8 = "int8";

    /// <summary>The cascade of all stages.</summary>
    public const string Cascade = "cascade";

    /// <summary>Makes all of them ready.</summary>
    /// <param name="tables">The tables, of one gallery.</param>
    /// <param name="threads">The threads of a scan.</param>
    public static IScanMethod[] Create(IReadOnlyList<CentroidTable> tables, int threads) =>
        [new FlatScan(tables, threads)];
}
