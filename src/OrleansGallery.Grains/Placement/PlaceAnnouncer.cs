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

    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(PlaceAnnouncer), ServiceLifecycleStage.RuntimeGrainServices,
        _ =>
        {
            partitions.Added += OnAdded;
            partitions.Removed += OnRemoved;
            _work = Task.WhenAll(
                Task.Run(TellNewsAsync, CancellationToken.None),
                Task.Run(TellNewcomersAsync, CancellationToken.None));
            return Task.CompletedTask;
        },
        async _ =>
        {
            partitions.Added -= OnAdded;
            partitions.Removed -= OnRemoved;
            await _stopping.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();

    private void OnAdded(PartitionPlace place)
    {
        places.Learn(place);
        _news.Writer.TryWrite(place);
    }

    private void OnRemoved(PartitionKey key) => places.Forget(key, self.SiloAddress);

    private async Task TellNewsAsync()
    {
        List<PartitionPlace> some = [];
        while (await _news.Reader.WaitToReadAsync(_stopping.Token))
        {
            some.Clear();
            while (some.Count < MostInOne && _news.Reader.TryRead(out PartitionPlace? place))
            {
                some.Add(place);
            }

            foreach (GallerySilo other in Others())
            {
                await TellAsync(other.Address, [.. some]);
            }
        }
    }

    private async Task TellNewcomersAsync()
    {
        HashSet<SiloAddress> known = [];
        await foreach (ClusterMembershipSnapshot _ in membership.MembershipUpdates.WithCancellation(_stopping.Token))
        {
            GallerySilo[] others = [.. Others()];
            foreach (GallerySilo other in others.Where(other => !known.Contains(other.Address)))
            {
                foreach (PartitionPlace[] some in partitions.All
                    .Select(partition => partition.PlaceOn(self.SiloAddress)).Chunk(MostInOne))
                {
                    await TellAsync(other.Address, some);
                }
            }

            known = [.. others.Select(other => other.Address)];
        }
    }

    private IEnumerable<GallerySilo> Others() =>
        roster.Current.GallerySilos.Where(silo => !silo.Address.Equals(self.SiloAddress));

    private async Task TellAsync(SiloAddress silo, PartitionPlace[] some)
    {
        try
        {
            await silos.On(silo).AnnounceAsync(some);
        }
#pragma warning disable CA1031 // It is learned when it is needed.
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
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
