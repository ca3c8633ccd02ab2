using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Tells the other gallery silos where this one's partitions are: each when it is loaded, all of them when a silo
/// joins. Nobody waits for it, and what is lost is learned when it is needed.
/// </summary>
internal sealed partial class PlaceAnnouncer(
    LocalPartitions partitions, PartitionPlaces places, SiloPartitionsClient silos, SiloRoster roster,
    ILocalSiloDetails self, IClusterMembershipService membership, ILogger<PlaceAnnouncer> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int MostInOne = 1_000;
    private const int MostNews = 100_000;

    private readonly Channel<PartitionPlace> _news = Channel.CreateBounded<PartitionPlace>(
        new BoundedChannelOptions(MostNews) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly SiloLoop _loop = new();

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(PlaceAnnouncer), ServiceLifecycleStage.RuntimeGrainServices,
        _ =>
        {
            partitions.Added += OnAdded;
            partitions.Removed += OnRemoved;
            _loop.Start(stopping => Task.WhenAll(TellNewsAsync(stopping), TellNewcomersAsync(stopping)));
            return Task.CompletedTask;
        },
        _ =>
        {
            partitions.Added -= OnAdded;
            partitions.Removed -= OnRemoved;
            return _loop.StopAsync();
        });

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    private void OnAdded(PartitionPlace place)
    {
        places.Learn(place);
        _news.Writer.TryWrite(place);
    }

    private void OnRemoved(PartitionKey key) => places.Forget(key, self.SiloAddress);

    private async Task TellNewsAsync(CancellationToken stopping)
    {
        List<PartitionPlace> some = [];
        while (await _news.Reader.WaitToReadAsync(stopping))
        {
            some.Clear();
            while (some.Count < MostInOne && _news.Reader.TryRead(out PartitionPlace? place))
            {
                some.Add(place);
            }

            foreach (GallerySilo other in roster.Current.OthersThan(self.SiloAddress))
            {
                await TellAsync(other.Address, [.. some], stopping);
            }
        }
    }

    private async Task TellNewcomersAsync(CancellationToken stopping)
    {
        HashSet<SiloAddress> known = [];
        await foreach (ClusterMembershipSnapshot _ in membership.MembershipUpdates.WithCancellation(stopping))
        {
            GallerySilo[] others = [.. roster.Current.OthersThan(self.SiloAddress)];
            foreach (GallerySilo other in others.Where(other => !known.Contains(other.Address)))
            {
                foreach (PartitionPlace[] some in partitions.All
                    .Select(partition => partition.PlaceOn(self.SiloAddress)).Chunk(MostInOne))
                {
                    await TellAsync(other.Address, some, stopping);
                }
            }

            known = [.. others.Select(other => other.Address)];
        }
    }

    private async Task TellAsync(SiloAddress silo, PartitionPlace[] some, CancellationToken stopping)
    {
        try
        {
            await silos.On(silo).AnnounceAsync(some);
        }
#pragma warning disable CA1031 // It is learned when it is needed.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotTold(logger, silo, some.Length, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Silo {Silo} did not hear of {Places} places")]
        public static partial void NotTold(ILogger logger, SiloAddress silo, int places, Exception exception);
    }
}
