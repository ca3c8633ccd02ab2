using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Searches that observations are decided by: of all partitions and of the last rows, or not at all.</summary>
internal sealed class ObservationSearch(SearchRouter router)
{
    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(5);

    /// <summary>Finds the best identities, without those that were kept aside.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="query">The query, of any length.</param>
    /// <param name="top">At most so many.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The exact best, best first.</returns>
    /// <exception cref="IncompleteSearchException">Not all partitions answered.</exception>
    /// <exception cref="UnconfirmedSearchException">The store did not confirm what was compared.</exception>
    public async Task<IReadOnlyList<Match>> FindAsync(
        Gallery gallery, VectorBytes query, int top, CancellationToken cancellationToken)
    {
        SearchAnswer answer = await router.SearchAsync(
            new SearchCommand
            {
                Gallery = gallery.Number,
                Partitions = gallery.Partitions,
                Dimension = gallery.Dimension,
                Query = query,
                Top = top,
                Deadline = SearchTime,
                Filter = [ReservedAttributes.NotAmbiguous],
            },
            cancellationToken);
        return answer.Missing.Count > 0 ? throw new IncompleteSearchException(
                $"{answer.Answered} of {answer.Asked} partitions answered within {SearchTime.TotalSeconds} s, and an "
                + $"observation is decided by all; missing: {string.Join(", ", answer.Missing)}. Send it again.")
            : !answer.IsConfirmed ? throw new UnconfirmedSearchException(
                "The store has not confirmed within the last seconds that the rows compared are the last; send the "
                + "observation again.")
            : answer.Matches;
    }
}
