using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Searches for measurements: only an answer of all partitions, of the last rows, counts, and what may pass is
/// waited for.</summary>
internal sealed class PatientSearch(IGrainFactory grains, TimeProvider time)
{
    private const int Attempts = 3;

    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // A search in bulk is one of many: for a silo that is away for a moment they are not all begun anew.
    private static readonly TimeSpan BulkPatience = TimeSpan.FromMinutes(1);

    /// <summary>A search of a gallery, among identities of which it is decided whose images they hold.</summary>
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
        Filter = [ReservedAttributes.NotAmbiguous],
    };

    /// <summary>Searches.</summary>
    /// <param name="command">The search; its id is given here.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answer of all partitions.</returns>
    /// <exception cref="IncompleteSearchException">It did not reach all partitions.</exception>
    /// <exception cref="UnconfirmedSearchException">The store did not confirm that its rows are the last.</exception>
    public async Task<SearchAnswer> RunAsync(SearchCommand command, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            bool isLast = command.IsBulk ? time.GetElapsedTime(began) >= BulkPatience : attempt >= Attempts;
            try
            {
                SearchAnswer answer = await grains.GetGrain<ISearchGrain>(0).SearchAsync(
                    command with { Id = Guid.NewGuid() }, cancellationToken);
                if (FindFault(answer, attempt) is not { } fault)
                {
                    return answer;
                }

                if (isLast)
                {
                    throw fault;
                }
            }
            catch (Exception exception) when (
                command.IsBulk && !isLast && !cancellationToken.IsCancellationRequested
                && ClusterFailures.Translate(exception) is { Retryable: true })
            {
                // What is away for a moment is waited for below.
            }

            await Task.Delay(RetryPause, time, cancellationToken);
        }
    }

    /// <summary>Why an answer is no measurement: it is not of all partitions, or not of the last rows.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="attempt">The how many-th it is.</param>
    internal static GalleryException? FindFault(SearchAnswer answer, int attempt) =>
        answer.Missing.Count > 0 ? new IncompleteSearchException(
            $"{answer.Answered} of {answer.Asked} partitions answered within {SearchTime.TotalSeconds} s, "
            + $"{attempt} times; missing: {string.Join(", ", answer.Missing)}. Ask again when all are there.")
        : !answer.IsConfirmed ? new UnconfirmedSearchException(
            $"The store has not confirmed, {attempt} times, that the rows compared are the last; ask again.")
        : null;
}
