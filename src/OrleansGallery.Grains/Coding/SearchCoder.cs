using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Codes this silo's rows for fast searches, on a thread of its own, in rounds: one gallery after the other, chunk by
/// chunk. While searches run it rests as long as it works, and while they wait for partitions much longer. Answers do
/// not depend on it: rows without codes are compared in float32.
/// </summary>
internal sealed partial class SearchCoder : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    // While partitions are loaded, it takes a fifth of a core: more would delay them, and nothing would leave large
    // galleries without codes as long as one of them loads.
    private const int RestWhileLoading = 4;

    private readonly Lock _round = new();
    private readonly Dictionary<long, GalleryCoder> _galleries = [];
    private readonly AutoResetEvent _wake = new(false);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IGalleryStore _store;
    private readonly StoreWrites _writes;
    private readonly StoreHealth _health;
    private readonly LocalPartitions _partitions;
    private readonly SearchBases _bases;
    private readonly ScanQueue _scans;
    private readonly PartitionLoader _loader;
    private readonly CoderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Thread? _thread;

    public SearchCoder(IGalleryStore store, StoreWrites writes, StoreHealth health, LocalPartitions partitions,
        SearchBases bases, ScanQueue scans, PartitionLoader loader, IOptions<CoderOptions> options, TimeProvider time,
        ILogger<SearchCoder> logger)
    {
        (_store, _writes, _health) = (store, writes, health);
        (_partitions, _bases, _scans, _loader) = (partitions, bases, scans, loader);
        (_options, _time, _logger) = (options.Value, time, logger);
    }

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer)
    {
        if (_options.Enabled)
        {
            observer.Subscribe(
                nameof(SearchCoder), ServiceLifecycleStage.Active, _ => Start(),
                _ => Task.Run(Stop, CancellationToken.None));
        }
    }

    /// <summary>Codes what is not coded, learns where it is due, and returns when all is done.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public void RunRound(CancellationToken stopping)
    {
        lock (_round)
        {
            ILookup<long, LocalPartition> local = _partitions.All.ToLookup(partition => partition.Key.Gallery);
            foreach (long gone in _galleries.Keys.Where(gallery => !local.Contains(gallery)).ToArray())
            {
                _galleries.Remove(gone);
                _bases.Forget(gone);
            }

            foreach (IGrouping<long, LocalPartition> gallery in local)
            {
                if (!_galleries.TryGetValue(gallery.Key, out GalleryCoder? coder))
                {
                    coder = new(gallery.Key, _store, _bases, _writes, _health, _options, _time, _logger);
                    _galleries.Add(gallery.Key, coder);
                }

                Run(coder, [.. gallery], stopping);
            }
        }
    }

    // One gallery's failure is not the others'.
    private void Run(GalleryCoder coder, LocalPartition[] local, CancellationToken stopping)
    {
        try
        {
            coder.Run(local, took => GiveWay(took, stopping), stopping);
        }
#pragma warning disable CA1031 // Searches do without; the next round tries again.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.RoundFailed(_logger, local[0].Key.Gallery, exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stop();
        _wake.Dispose();
        _stopping.Dispose();
    }

    private Task Start()
    {
        _partitions.Added += OnAdded;
        _thread = new Thread(Run)
        {
            Name = "gallery-coder",
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };
        _thread.Start();
        return Task.CompletedTask;
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref _thread, null) is { } thread)
        {
            _partitions.Added -= OnAdded;
            _stopping.Cancel();
            thread.Join();
        }
    }

    private void OnAdded(PartitionPlace place) => _wake.Set();

    // Linux heeds no thread priorities.
    private void GiveWay(TimeSpan took, CancellationToken stopping)
    {
        int rest = _loader.IsBusy ? RestWhileLoading : _scans.IsBusy ? 1 : 0;
        if (took > TimeSpan.Zero && rest > 0)
        {
            stopping.WaitHandle.WaitOne(took * rest);
        }
    }

    private void Run()
    {
        WaitHandle[] signals = [_stopping.Token.WaitHandle, _wake];
        while (WaitHandle.WaitAny(signals, _options.Pause) != 0)
        {
            try
            {
                RunRound(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning,
            "Rows of gallery {Gallery} could not be coded for faster searches; the next round tries again")]
        public static partial void RoundFailed(ILogger logger, long gallery, Exception exception);
    }
}
