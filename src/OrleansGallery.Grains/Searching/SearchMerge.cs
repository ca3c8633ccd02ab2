using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using Match = OrleansGallery.Abstractions.Match;

namespace OrleansGallery.Grains;

/// <summary>
/// Merges silos' answers. A partition is asked again only where a silo did not have it, so no row is seen twice; one
/// that the deadline cut short is not asked again, and its rows that were compared stay in the answer.
/// </summary>
internal sealed class SearchMerge(int partitions, int top)
{
    private static readonly ScanStages None = new()
    {
        ProjectedBounded = 0,
        ProjectedPassed = 0,
        QuantizedBounded = 0,
        QuantizedPassed = 0,
        FlatBounded = 0,
        FlatPassed = 0,
    };

    private readonly HashSet<int> _missing = [.. Enumerable.Range(0, partitions)];
    private readonly List<Match> _matches = [];
    private long _rowsScanned;
    private long _rowsRescored;
    private ScanStages? _stages;

    /// <summary>The partitions that have not answered.</summary>
    public IReadOnlyCollection<int> Missing => [.. _missing.Order()];

    /// <summary>Whether the deadline ended a silo's scan: nobody is to be asked again.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Takes a silo's answer; one answer at a time.</summary>
    /// <param name="answer">The answer.</param>
    public void Add(SiloScanAnswer answer)
    {
        _missing.ExceptWith(answer.Answered);
        _rowsScanned += answer.RowsScanned;
        _rowsRescored += answer.RowsRescored;
        _matches.AddRange(answer.Matches);
        _stages = _stages?.Plus(answer.Stages) ?? answer.Stages;
        IsCut |= answer.IsCut;
    }

    /// <summary>The merged answer: ranked by the scores as they were computed, which are then brought into their
    /// range. The decision, and whoever checks it, goes by the scores that are shown.</summary>
    /// <returns>Exact over the partitions that answered.</returns>
    public SearchAnswer ToAnswer()
    {
        Match[] matches = [.. _matches
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.IdentityId, StringComparer.Ordinal)
            .Take(top)
            .Select(match => match with { Score = ShownRange.Score(match.Score) })];
        ScanStages stages = _stages ?? None;
        return new()
        {
            Matches = matches,
            Asked = partitions,
            Answered = partitions - _missing.Count,
            RowsScanned = _rowsScanned,
            RowsRescored = _rowsRescored,
            Stages = stages.LargestDropped is { } dropped
                ? stages with { LargestDropped = ShownRange.Score(dropped) }
                : stages,
            KthScore = matches.Length == top ? matches[^1].Score : null,
        };
    }
}
