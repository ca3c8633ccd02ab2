namespace OrleansGallery.Cli;

/// <summary>What a client that searches one after the other noticed of a change.</summary>
internal static class Outage
{
    /// <summary>The longest time without the end of a complete search.</summary>
    /// <param name="marks">One client's searches, in order.</param>
    /// <param name="from">When the watch began to count.</param>
    /// <param name="to">When it ended.</param>
    public static TimeSpan LongestGap(IEnumerable<SearchMark> marks, TimeSpan from, TimeSpan to)
    {
        TimeSpan longest = TimeSpan.Zero;
        TimeSpan last = from;
        foreach (TimeSpan at in marks.Where(mark => mark.IsComplete && mark.At >= from && mark.At <= to)
            .Select(mark => mark.At).Append(to))
        {
            longest = at - last > longest ? at - last : longest;
            last = at;
        }

        return longest;
    }

    /// <summary>After how long searches were complete, and stayed so.</summary>
    /// <param name="marks">One client's searches, in order.</param>
    /// <param name="from">When the fault came.</param>
    /// <returns>The end of the first of the complete searches at the end; null: the last one is not complete.</returns>
    public static TimeSpan? CompleteAgain(IReadOnlyList<SearchMark> marks, TimeSpan from)
    {
        TimeSpan? first = null;
        foreach (SearchMark mark in marks.Where(mark => mark.At >= from))
        {
            first = mark.IsComplete ? first ?? mark.At : null;
        }

        return first - from;
    }
}
