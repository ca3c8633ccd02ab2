using System.Runtime.ExceptionServices;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The calling thread and helpers from the thread pool at one job. The caller waits only for helpers that have begun:
/// in a busy pool a helper that comes too late finds the door closed and goes, and the caller has done the work itself.
/// </summary>
internal sealed class ScanCrew(ScanJob job)
{
    private readonly TaskCompletionSource _allLeft = new();
    private Exception? _failure;

    // Threads inside; the caller is the first. At zero the door is closed for good.
    private int _inside = 1;

    /// <summary>Does the job.</summary>
    /// <param name="threads">The most threads to use, the caller's own among them.</param>
    public void Run(int threads)
    {
        for (int helper = 1; helper < Math.Min(threads, job.PartCount); helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(crew => crew.Help(), this, preferLocal: false);
        }

        Work();
        _allLeft.Task.Wait();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private void Help()
    {
        for (int inside = Volatile.Read(ref _inside); inside > 0;)
        {
            int seen = Interlocked.CompareExchange(ref _inside, inside + 1, inside);
            if (seen == inside)
            {
                Work();
                return;
            }

            inside = seen;
        }
    }

    private void Work()
    {
        try
        {
            job.Work();
        }
#pragma warning disable CA1031 // A bug on a pool thread must reach the caller instead of ending the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = exception;
        }

        if (Interlocked.Decrement(ref _inside) == 0)
        {
            _allLeft.SetResult();
        }
    }
}
