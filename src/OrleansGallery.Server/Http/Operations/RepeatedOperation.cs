using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Sends an operation until it is answered: its id keeps it from happening twice. A call that is lost with a
/// silo is never answered; one that takes longer than an attempt is waited for by the next.</summary>
internal static class RepeatedOperation
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Sends it.</summary>
    /// <typeparam name="T">Its receipt.</typeparam>
    /// <param name="send">Sends it once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="aborted">Ends the waiting; what was sent may happen all the same.</param>
    /// <returns>The receipt.</returns>
    public static async Task<T> RunAsync<T>(Func<Task<T>> send, TimeProvider time, CancellationToken aborted)
    {
        long start = time.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await send().WaitAsync(Attempt, time, aborted);
            }
            catch (Exception exception) when (
                time.GetElapsedTime(start) + pause < Limit
                && ClusterFailures.Translate(exception) is { Retryable: true } and not StorageException)
            {
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, aborted);
            }
        }
    }
}
