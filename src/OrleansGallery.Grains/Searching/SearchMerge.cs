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
    private readonly HashSet<int> _givenUp = [];
    private readonly List<IReadOnlyList<Match>> _matches = [];
    private ScanEvidence _evidence;
    private bool _isConfirmed = true;
    private bool _isCut;
    private TimeSpan _slowestScan;

    /// <summary>Whether nobody is to be asked again: all partitions have answered or were given up, or the deadline
    /// ended a silo's scan.</summary>
    public bool IsOver => _isCut || _missing.IsSubsetOf(_givenUp);

    /// <summary>The partitions that are to be asked for, in order.</summary>
    public IReadOnlyList<int> Wanted => [.. _missing.Except(_givenUp).Order()];

    /// <summary>Takes a silo's answer; one answer at a time.</summary>
    public void Add(SiloScanAnswer answer)
    {
        _missing.ExceptWith(answer.Answered);
        _matches.Add(answer.Matches);
        _evidence.Add(answer.Evidence);
        _isCut |= answer.IsCut;
        _isConfirmed &= answer.IsConfirmed;
        _slowestScan = answer.ScanTime > _slowestScan ? answer.ScanTime : _slowestScan;
    }

    /// <summary>Partitions whose silo is not expected to answer: they stay missing.</summary>
    public void GiveUp(IEnumerable<int> silent) => _givenUp.UnionWith(silent);

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
        Missing = [.. _missing.Order()],
        IsConfirmed = _isConfirmed && _matches.Count > 0,
        SlowestScan = _slowestScan,
        Evidence = _evidence.LargestDropped is { } dropped
            ? _evidence with { LargestDropped = ShownRange.Score(dropped) }
            : _evidence,
    };
}
