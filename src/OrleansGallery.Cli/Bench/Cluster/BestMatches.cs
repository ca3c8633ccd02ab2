using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>The best of what was added, in the order of answers.</summary>
internal sealed class BestMatches(int top)
{
    private readonly List<Match> _best = new(top + 1);

    /// <summary>The best, in order.</summary>
    public IReadOnlyList<Match> All => _best;

    /// <summary>What a score must reach to be among them.</summary>
    public double Least => _best.Count < top ? double.NegativeInfinity : _best[^1].Score;

    public void Add(Match match)
    {
        if (match.Score < Least)
        {
            return;
        }

        int place = _best.BinarySearch(match, MatchOrder.Instance);
        _best.Insert(place < 0 ? ~place : place, match);
        if (_best.Count > top)
        {
            _best.RemoveAt(top);
        }
    }
}
