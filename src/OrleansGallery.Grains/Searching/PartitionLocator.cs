using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Finds partitions whose place is not known: their grains are asked, which activates those that are nowhere.
/// </summary>
internal sealed partial class PartitionLocator(
    IGrainFactory grains, PartitionPlaces places, TimeProvider time, ILogger<PartitionLocator> logger)
{
    private const int MaxDoubts = 5;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Begins to find what a search misses.</summary>
    /// <param name="command">The search.</param>
    /// <param name="over">Fires when the search is over.</param>
    /// <returns>The finding; nothing is asked before something is waited for.</returns>
    public Search Begin(SearchCommand command, CancellationToken over) => new(this, command, over);

    /// <summary>Whether a partition is on another silo than it was thought to be.</summary>
    /// <param name="command">The search.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="silo">Where it was thought to be.</param>
    /// <param name="patience">How long its grain may take to say so; one that does not is taken to be there.</param>
    /// <returns>True where its grain is elsewhere.</returns>
    public async Task<bool> HasMovedAsync(
        SearchCommand command, int partition, SiloAddress silo, TimeSpan patience)
    {
        try
        {
            PartitionPlace place = await Grain(command, partition).LocateAsync().WaitAsync(patience, time);
            places.Learn(place);
            return !place.Silo.Equals(silo);
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
            return false;
        }
    }

    private void Forget(PartitionPlace place) =>
        places.Forget(new PartitionKey(place.Gallery, place.Partition), place.Silo);

    private PartitionPlace? Find(SearchCommand command, int partition) =>
        places.Find(new PartitionKey(command.Gallery, partition));

    // One that was refused where it says it is may be on its way: after a few times it is believed.
    private async Task LocateAsync(SearchCommand command, int partition, long refused, CancellationToken over)
    {
        for (int attempt = 1; !over.IsCancellationRequested; attempt++)
        {
            try
            {
                PartitionPlace place = await Grain(command, partition).LocateAsync().WaitAsync(over);
                if (place.Epoch > refused || attempt >= MaxDoubts)
                {
                    places.Learn(place);
                    return;
                }
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (GalleryNotFoundException)
            {
                throw;
            }
#pragma warning disable CA1031 // A failing activation makes the answer partial, whatever it fails of.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.NotFound(logger, command.Gallery, partition, exception);
            }

            await Task.Delay(RetryPause, time, over).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private Task Pause(TimeSpan patience) => Task.Delay(patience, time, CancellationToken.None);

    private IPartitionGrain Grain(SearchCommand command, int partition) => grains.GetGrain<IPartitionGrain>(
        GrainKeys.Partition(command.Gallery, command.Partitions, partition));

    /// <summary>The finding of one search.</summary>
    internal sealed class Search(PartitionLocator locator, SearchCommand command, CancellationToken over)
    {
        private readonly Dictionary<int, Task> _running = [];
        private readonly Dictionary<int, long> _refused = [];

        /// <summary>Where a partition is, unless that was refused already.</summary>
        /// <param name="partition">The partition.</param>
        /// <returns>The place; null: not known.</returns>
        public PartitionPlace? Find(int partition) =>
            locator.Find(command, partition) is { } place && place.Epoch > RefusedEpochOf(partition) ? place : null;

        /// <summary>A partition was not there: only a newer place counts from now on.</summary>
        /// <param name="place">Where it was asked for.</param>
        public void Refuse(PartitionPlace place)
        {
            _refused[place.Partition] = Math.Max(place.Epoch, RefusedEpochOf(place.Partition));
            locator.Forget(place);
        }

        /// <summary>Waits until places are known.</summary>
        /// <param name="missing">Of these partitions.</param>
        /// <param name="patience">For so long at most.</param>
        /// <param name="waitForAll">False: not where some are known, which can be asked meanwhile.</param>
        /// <returns>When they are, or the time is over.</returns>
        /// <exception cref="GalleryNotFoundException">The gallery was deleted.</exception>
        public async Task WaitAsync(IReadOnlyCollection<int> missing, TimeSpan patience, bool waitForAll)
        {
            List<Task> wanted = [];
            foreach (int partition in missing.Where(partition => Find(partition) is null))
            {
                if (!_running.TryGetValue(partition, out Task? running) || running.IsCompleted)
                {
                    _running[partition] = running = LocateAsync(partition);
                }

                wanted.Add(running);
            }

            if (wanted.Count > 0 && patience > TimeSpan.Zero && (waitForAll || wanted.Count == missing.Count))
            {
                Task all = Task.WhenAll(wanted);
                await Task.WhenAny(all, locator.Pause(patience));
                if (wanted.Find(task => task.IsFaulted) is { } failed)
                {
                    await failed;
                }
            }
        }

        private async Task LocateAsync(int partition)
        {
            await locator.LocateAsync(command, partition, RefusedEpochOf(partition), over);
            _refused.Remove(partition);
        }

        private long RefusedEpochOf(int partition) => _refused.GetValueOrDefault(partition, -1);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Partition {Partition} of gallery {Gallery} is nowhere yet")]
        public static partial void NotFound(ILogger logger, long gallery, int partition, Exception exception);
    }
}
