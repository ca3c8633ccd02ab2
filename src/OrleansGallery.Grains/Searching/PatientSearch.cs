using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Searches for measurements: only an answer of all partitions, of the last rows, counts, and what may pass is
/// waited for.</summary>
internal sealed class PatientSearch(IGrainFactory grains, TimeProvider time)
{
    private const int Attempts = 3;

    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>A search of a gallery.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="top">How many matches at most.</param>
    /// <returns>The command, which may be changed before it is sent.</returns>
    public static SearchCommand CommandFor(Gallery gallery, VectorBytes query, int top) => new()
    {
        Gallery = gallery.Number,
        Partitions = gallery.Partitions,
        Dimension = gallery.Dimension,
        Query = query,
        Top = top,
        Deadline = SearchTime,
    };

    /// <summary>Searches.</summary>
    /// <param name="command">The search; its id is given here.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answer of all partitions.</returns>
    /// <exception cref="IncompleteSearchException">It did not reach all partitions.</exception>
    /// <exception cref="UnconfirmedSearchException">The store did not confirm that its rows are the last.</exception>
    public async Task<SearchAnswer> RunAsync(SearchCommand command, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            SearchAnswer answer = await grains.GetGrain<ISearchGrain>(0).SearchAsync(
                command with { Id = Guid.NewGuid() }, cancellationToken);
            if (FindFault(answer) is not { } fault)
            {
                return answer;
            }

            if (attempt == Attempts)
            {
                throw fault;
            }

            await Task.Delay(RetryPause, time, cancellationToken);
        }
    }

    /// <summary>Why an answer is no measurement: it is not of all partitions, or not of the last rows.</summary>
    internal static GalleryException? FindFault(SearchAnswer answer) =>
        answer.Missing.Count > 0 ? new IncompleteSearchException(
            $"{answer.Answered} of {answer.Asked} partitions answered within {SearchTime.TotalSeconds} s, "
            + $"{Attempts} times; missing: {string.Join(", ", answer.Missing)}. Ask again when all are there.")
        : !answer.IsConfirmed ? new UnconfirmedSearchException(
            $"The store has not confirmed, {Attempts} times, that the rows compared are the last; ask again.")
        : null;
}
