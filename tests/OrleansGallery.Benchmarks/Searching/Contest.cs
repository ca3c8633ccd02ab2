namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Contestants in turn, call by call: what else the machine does meets all of them alike.</summary>
/// <param name="setup">The queries, and how often.</param>
/// <param name="batches">The numbers of queries per call.</param>
internal sealed class Contest(SearchSetup setup, int[] batches)
{
    private readonly List<(IContestant Contestant, Dictionary<int, TimeSeries> Times)> _results = [];

    public IReadOnlyList<int> Batches => batches;

    public IReadOnlyList<(IContestant Contestant, Dictionary<int, TimeSeries> Times)> Results => _results;

    /// <summary>Times contestants against each other.</summary>
    /// <param name="contestants">Those that take turns.</param>
    public void Run(IReadOnlyList<IContestant> contestants)
    {
        int before = _results.Count;
        foreach (IContestant contestant in contestants)
        {
            _results.Add((contestant, batches.ToDictionary(batch => batch, _ => new TimeSeries())));
            WarmUp.Run(() => contestant.Search(0, 1, times: null));
        }

        foreach (int batch in batches)
        {
            SearchCommand.Progress($"Timing batches of {batch} ...");
            for (int round = 0; round < setup.Rounds; round++)
            {
                // Whole batches only.
                for (int first = 0; first + batch <= setup.Queries.Length; first += batch)
                {
                    foreach ((IContestant contestant, Dictionary<int, TimeSeries> times) in _results.Skip(before))
                    {
                        contestant.Search(first, batch, times[batch]);
                    }
                }
            }
        }
    }

    /// <summary>Replaces the contestants so far by what is left of them.</summary>
    /// <param name="past">As many, in their order.</param>
    public void Replace(IReadOnlyList<IContestant> past)
    {
        for (int i = 0; i < past.Count; i++)
        {
            _results[i] = (past[i], _results[i].Times);
        }
    }
}
