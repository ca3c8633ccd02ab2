using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Merges silos' answers. A partition is asked again only where a silo did not have it, so no row is seen twice; one
/// that the deadline cut short is not asked again, and its rows that were compared stay in the answer.
/// </summary>
internal sealed class SearchMerge(int partitions, int top)
{
    private readonly HashSet<int> _missing = [.. Enumerable.Range(0, partitions)];
    private readonly List<Match> _matches = [];
    private long _rowsScanned;
    private long _rowsRescored;

    /// <summary>The partitions that have not answered.</summary>
    public IReadOnlyCollection<int> Missing => [.. _missing.Order()];

    /// <summary>Takes a silo's answer; one answer at a time.</summary>
    /// <param name="answer">The answer.</param>
    public void Add(SiloScanAnswer answer)
    {
        _missing.ExceptWith(answer.Answered);
        _rowsScanned += answer.RowsScanned;
        _rowsRescored += answer.RowsRescored;
        _matches.AddRange(answer.Matches);
    }

    /// <summary>The merged answer.</summary>
    /// <returns>Exact over the partitions that answered.</returns>
    public SearchAnswer ToAnswer() => new()
    {
        Matches = [.. _matches
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.IdentityId, StringComparer.Ordinal)
            .Take(top)],
        Asked = partitions,
        Answered = partitions - _missing.Count,
        RowsScanned = _rowsScanned,
        RowsRescored = _rowsRescored,
    };
}
