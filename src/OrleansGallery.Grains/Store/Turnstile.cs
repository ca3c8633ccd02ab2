using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Lets one piece of heavy work at a time into this process; few may wait, the others are refused before they
/// have read anything.</summary>
/// <param name="work">What it is, in the plural.</param>
internal sealed class Turnstile(string work) : IDisposable
{
    /// <summary>How many may wait besides the one that runs.</summary>
    public const int MostWaiting = 4;

    private readonly SemaphoreSlim _place = new(1);
    private int _present;

    /// <summary>How many wait, as far as is known.</summary>
    public int Waiting => Math.Max(0, Volatile.Read(ref _present) - 1);

    /// <summary>Runs one when it is its turn.</summary>
    /// <exception cref="OverloadedException">Too many wait.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled while it waited.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _present) > MostWaiting + 1)
        {
            Interlocked.Decrement(ref _present);
            throw new OverloadedException(
                $"{MostWaiting} {work} wait in this process already, and one is made at a time; try again later.");
        }

        try
        {
            await _place.WaitAsync(cancellationToken);
            try
            {
                return await run();
            }
            finally
            {
                _place.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _present);
        }
    }

    public void Dispose() => _place.Dispose();
}
