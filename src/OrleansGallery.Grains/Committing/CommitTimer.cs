using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Measures the committer's transactions, each once, whatever becomes of it.</summary>
internal sealed class CommitTimer(GrainsInstruments instruments, TimeProvider time)
{
    /// <summary>Sends a transaction to the store and notes how it ended.</summary>
    /// <typeparam name="T">The store's answer.</typeparam>
    /// <param name="changes">Its identity changes.</param>
    /// <param name="commit">Sends it.</param>
    /// <param name="isWritten">Whether an answer says that something was written.</param>
    /// <returns>The answer; what the store throws passes.</returns>
    public async Task<T> RunAsync<T>(int changes, Func<Task<T>> commit, Func<T, bool> isWritten)
    {
        long started = time.GetTimestamp();
        try
        {
            T answer = await commit();
            instruments.OnCommit(isWritten(answer) ? "committed" : "refused", changes, time.GetElapsedTime(started));
            return answer;
        }
        catch (Exception exception)
        {
            instruments.OnCommit(OutcomeOf(exception), changes, time.GetElapsedTime(started));
            throw;
        }
    }

    private static string OutcomeOf(Exception exception) => exception switch
    {
        StoreDataException => "refused",
        StoreAwayException { IsOutcomeUnknown: false } => "failed",
        _ => "unknown",
    };
}
