namespace OrleansGallery.Cli;

/// <summary>Counts at which rank the right identity came.</summary>
internal sealed class RankTally
{
    private int _first;
    private int _firstFive;
    private int _queries;

    /// <summary>Counts one answer.</summary>
    /// <param name="right">The query's identity.</param>
    /// <param name="found">The answer's identities, best first.</param>
    public void Count(string right, IEnumerable<string> found)
    {
        int index = found.Take(5).ToList().IndexOf(right);
        _first += index == 0 ? 1 : 0;
        _firstFive += index >= 0 ? 1 : 0;
        _queries++;
    }

    public DemoMode ToMode(long vectors, long bytes) =>
        new((double)_first / _queries, (double)_firstFive / _queries, vectors, bytes);
}
