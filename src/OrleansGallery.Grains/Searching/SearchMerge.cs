using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Merges silos' answers: what a partition that answered completely found is kept, the rest is asked again.</summary>
internal sealed class SearchMerge(int partitions, int top)
{
    private readonly HashSet<int> _missing = [.. Enumerable.Range(0, partitions)];
    private readonly Dictionary<string, Match> _matches = new(StringComparer.Ordinal);
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
        foreach (Match match in answer.Matches)
        {
            // An identity is in one partition; seen twice, its partition was asked again, and the later answer counts.
            _matches[match.IdentityId] = match;
        }
    }

    /// <summary>The merged answer.</summary>
    /// <returns>Exact over the partitions that answered.</returns>
    public SearchAnswer ToAnswer() => new()
    {
        Matches = [.. _matches.Values
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.IdentityId, StringComparer.Ordinal)
            .Take(top)],
        Asked = partitions,
        Answered = partitions - _missing.Count,
        RowsScanned = _rowsScanned,
        RowsRescored = _rowsRescored,
    };
}
