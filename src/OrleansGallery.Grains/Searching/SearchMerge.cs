using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>
/// Merges silos' answers. A partition is asked again only where a silo did not have it, so no row is seen twice; one
/// that the deadline cut short is not asked again, and its rows that were compared stay in the answer.
/// </summary>
internal sealed class SearchMerge(int partitions, int top)
{
    private readonly HashSet<int> _missing = [.. Enumerable.Range(0, partitions)];
    private readonly List<IReadOnlyList<Match>> _matches = [];
    private ScanEvidence _evidence;
    private bool _isConfirmed = true;
    private TimeSpan _slowestScan;

    /// <summary>Whether all partitions have answered.</summary>
    public bool IsComplete => _missing.Count == 0;

    /// <summary>The partitions that have not answered, in order.</summary>
    public IReadOnlyList<int> Missing => [.. _missing.Order()];

    /// <summary>Whether the deadline ended a silo's scan: nobody is to be asked again.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Takes a silo's answer; one answer at a time.</summary>
    public void Add(SiloScanAnswer answer)
    {
        _missing.ExceptWith(answer.Answered);
        _matches.Add(answer.Matches);
        _evidence.Add(answer.Evidence);
        IsCut |= answer.IsCut;
        _isConfirmed &= answer.IsConfirmed;
        _slowestScan = answer.ScanTime > _slowestScan ? answer.ScanTime : _slowestScan;
    }

    /// <summary>The merged answer: ranked by the scores as they were computed, which are then brought into their
    /// range. The decision, and whoever checks it, goes by the scores that are shown.</summary>
    /// <returns>Exact over the partitions that answered.</returns>
    public SearchAnswer ToAnswer() => new()
    {
        Matches =
        [
            .. MatchOrder.Merge(_matches, top)
                .Select(match => match with { Score = ShownRange.Score(match.Score) }),
        ],
        Asked = partitions,
        Answered = partitions - _missing.Count,
        Missing = Missing,
        IsConfirmed = _isConfirmed && _matches.Count > 0,
        SlowestScan = _slowestScan,
        Evidence = _evidence.LargestDropped is { } dropped
            ? _evidence with { LargestDropped = ShownRange.Score(dropped) }
            : _evidence,
    };
}
