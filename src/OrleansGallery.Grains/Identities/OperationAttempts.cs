using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Carries an operation out once, however often it is begun: what is remembered of it says whether it was.
/// </summary>
internal static class OperationAttempts
{
    private const int Attempts = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Carries it out, or finds that it was.</summary>
    /// <typeparam name="T">Its receipt.</typeparam>
    /// <param name="find">Finds what is remembered of it; null: nothing.</param>
    /// <param name="run">Does it; whether it is the first attempt.</param>
    /// <param name="show">Sees to it that everybody sees it.</param>
    /// <returns>The receipt.</returns>
    public static async Task<T> RunAsync<T>(
        Func<Task<T?>> find, Func<bool, Task<T>> run, Func<T, Task<T>> show)
        where T : class
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await show(await find() ?? await run(attempt == 1));
            }
            catch (Exception exception) when (ClusterFailures.Translate(exception) is { } failure)
            {
                if (!failure.Retryable || failure is StorageException || attempt == Attempts)
                {
                    // Somebody may have sent it twice at once, or it happened although it failed.
                    return await show(await find() ?? throw failure);
                }
            }

            await Task.Delay(attempt * (0.5 + Random.Shared.NextDouble()) * Pause);
        }
    }
}
