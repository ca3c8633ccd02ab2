using System.Globalization;

namespace OrleansGallery.Storage;

/// <summary>Repeats what may be repeated while the database is away, with pauses that double, up to a limit for all
/// tries together.</summary>
/// <param name="limit">The limit.</param>
/// <param name="time">The clock.</param>
internal sealed class Repetition(TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Reads, or begins what has not been sent.</summary>
    /// <typeparam name="T">What comes back.</typeparam>
    /// <param name="attempt">One try; its token ends at the limit too.</param>
    /// <param name="cancellationToken">Ends all tries.</param>
    /// <returns>What the first try that succeeded brought.</returns>
    public Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        RunAsync(attempt, writes: false, cancellationToken);

    /// <summary>Writes what may be written twice.</summary>
    /// <typeparam name="T">What comes back.</typeparam>
    /// <param name="attempt">One try; its token ends at the limit too.</param>
    /// <param name="cancellationToken">Ends all tries.</param>
    /// <returns>What the first try that succeeded brought.</returns>
    public Task<T> WriteAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        RunAsync(attempt, writes: true, cancellationToken);

    private async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> attempt, bool writes, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(limit, time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        long start = time.GetTimestamp();
        TimeSpan pause = FirstPause;
        bool unknown = false;
        while (true)
        {
            StoreAwayException away;
            try
            {
                return await attempt(either.Token);
            }
            catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
            {
                throw Late(cause, writes);
            }
            catch (Exception cause) when (PostgresErrors.IsDrivers(cause))
            {
                away = PostgresErrors.Of(cause, writes) as StoreAwayException ?? throw PostgresErrors.Of(cause, writes);
            }

            cancellationToken.ThrowIfCancellationRequested();
            unknown |= away.IsOutcomeUnknown;
            if (away.Reason != StoreAwayReason.Unreachable || time.GetElapsedTime(start) + pause >= limit)
            {
                throw unknown == away.IsOutcomeUnknown ? away : Unknown(away);
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // The last try wrote nothing, one before it may have.
    private static StoreAwayException Unknown(StoreAwayException last) =>
        new(last.Reason, last.Message, last.InnerException) { IsOutcomeUnknown = true };

    private StoreAwayException Late(Exception cause, bool writes) => new(
        StoreAwayReason.Unreachable,
        string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL did not answer within {limit.TotalSeconds:0.###} s "
            + $"({PostgresStoreOptions.Section}:{nameof(PostgresStoreOptions.RetryTime)})."),
        cause)
    {
        IsOutcomeUnknown = writes,
    };
}
