using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>A scan that uses some of the stages, on tables that others use too.</summary>
/// <param name="name">Its name, the prefix of its figures.</param>
/// <param name="description">What it is, for a table.</param>
/// <param name="tables">The tables, of one gallery.</param>
/// <param name="threads">The threads of a scan.</param>
/// <param name="tuning">The stages.</param>
internal sealed class StagedScan(
    string name, string description, IReadOnlyList<CentroidTable> tables, int threads, ScanTuning tuning) : IScanMethod
{
    public string Name => name;

    public string Description => description;

    public required TimeSpan Preparation { get; init; }

    public required double BytesPerRow { get; init; }

    public void Search(ReadOnlySpan<ScanQuery> queries, Span<ScanAnswer> answers)
    {
        TableSnapshot[] snapshots = [.. tables.Select(table => table.Snapshot())];
        TableScanner.ScanAll(queries.ToArray(), snapshots, threads, tuning, CancellationToken.None).CopyTo(answers);
        Array.ForEach(snapshots, snapshot => snapshot.Dispose());
    }
}
