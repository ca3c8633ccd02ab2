using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// What must be done for the store and nobody waits for: it removes what deleted galleries and identities held, a
/// little at a time, also what an earlier process left; and it tries a store that took no write, so that the service
/// says by itself that it is well again. What this silo knows of galleries that are gone goes with them.
/// </summary>
internal sealed partial class StoreUpkeep(
    IGalleryStore store, StoreHealth health, PartitionPlaces places, IOptions<CommitterOptions> options,
    TimeProvider time, ILogger<StoreUpkeep> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int PurgedRows = 500;

    // Nobody tells a silo that another one deleted something.
    private static readonly TimeSpan PurgePause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly SiloLoop _loop = new();
    private bool _isPurgeDue = true;

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(StoreUpkeep), ServiceLifecycleStage.Active,
        _ =>
        {
            Start();
            return Task.CompletedTask;
        },
        _ => _loop.StopAsync());

    /// <summary>There is something to remove.</summary>
    public void PurgeSoon()
    {
        Volatile.Write(ref _isPurgeDue, true);
        Wake();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _loop.StopAsync().GetAwaiter().GetResult();
        health.Changed -= Wake;
        _loop.Dispose();
        _wake.Dispose();
    }

    /// <summary>Begins.</summary>
    internal void Start()
    {
        health.Changed += Wake;
        _loop.Start(RunAsync);
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (health.Failure is not null)
                {
                    await Task.Delay(options.Value.ProbeInterval, time, stopping);
                    await store.CheckWritableAsync(stopping);
                    health.OnWritten();
                }

                await ForgetGalleriesAsync(stopping);
                await PurgeAsync(stopping);
                if (!await _wake.WaitAsync(PurgePause, stopping))
                {
                    Volatile.Write(ref _isPurgeDue, true);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (StoreAwayException exception) when (!exception.IsBusy)
            {
                health.OnFailed(exception);
                // What is damaged stays so: trying again would only say by turns that it is well and that it is not.
                Volatile.Write(ref _isPurgeDue, exception.Reason != StoreAwayReason.Damaged);
            }
#pragma warning disable CA1031 // Nobody waits for it; the next round goes on with it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.Failed(logger, exception);
                await Task.Delay(options.Value.ProbeInterval, time, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Who deletes a gallery tells the silos, but not one that does not hear it, nor who hears of a place afterwards.
    internal async Task ForgetGalleriesAsync(CancellationToken stopping)
    {
        // Those of now first: what is not among the store's later was deleted, and is not only new.
        IReadOnlyCollection<long> known = places.Galleries;
        if (known.Count > 0)
        {
            HashSet<long> there =
                [.. (await store.ListGalleriesAsync(stopping)).Select(gallery => gallery.Number)];
            foreach (long gallery in known.Where(gallery => !there.Contains(gallery)))
            {
                places.Forget(gallery);
            }
        }
    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        while (Interlocked.Exchange(ref _isPurgeDue, false))
        {
            if (await store.PurgeAsync(PurgedRows, stopping))
            {
                Volatile.Write(ref _isPurgeDue, true);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The upkeep of the store failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
