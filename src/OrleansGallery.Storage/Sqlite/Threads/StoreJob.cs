namespace OrleansGallery.Storage;

/// <summary>Work and its result. A token cancels it at once while it waits; once it has begun it obeys its token by
/// itself, or ends soon.</summary>
/// <typeparam name="TWorker">What a thread works on.</typeparam>
/// <typeparam name="T">The result.</typeparam>
internal sealed class StoreJob<TWorker, T> : IStoreJob<TWorker>
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Ended = 2;

    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TWorker, T> _work;
    private readonly CancellationToken _token;
    private readonly CancellationTokenRegistration _registration;
    private int _state;

    public StoreJob(Func<TWorker, T> work, CancellationToken cancellationToken)
    {
        _work = work;
        _token = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static job => ((StoreJob<TWorker, T>)job!).Cancel(), this);
    }

    public Task<T> Result => _result.Task;

    public void Run(TWorker worker)
    {
        if (!TryLeaveTheQueue(Begun))
        {
            return;
        }

        try
        {
            _result.TrySetResult(_work(worker));
        }
        catch (OperationCanceledException) when (_token.IsCancellationRequested)
        {
            _result.TrySetCanceled(_token);
        }
#pragma warning disable CA1031 // The caller gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _result.TrySetException(exception);
        }
    }

    public void Refuse(Exception reason)
    {
        if (TryLeaveTheQueue(Ended))
        {
            _result.TrySetException(reason);
        }
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Ended, Waiting) == Waiting)
        {
            _result.TrySetCanceled(_token);
        }
    }

    private bool TryLeaveTheQueue(int state)
    {
        bool left = Interlocked.CompareExchange(ref _state, state, Waiting) == Waiting;
        _registration.Dispose();
        return left;
    }
}
