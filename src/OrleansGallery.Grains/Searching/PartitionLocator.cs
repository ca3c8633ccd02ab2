using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Finds the partitions of one search. Those whose place is not known are asked for it, which activates the ones that
/// are nowhere.
/// </summary>
/// <param name="grains">Reaches partitions.</param>
/// <param name="places">What is known.</param>
/// <param name="command">The search.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where to tell of what is nowhere.</param>
/// <param name="over">Fires when the search is over.</param>
internal sealed partial class PartitionLocator(
    IGrainFactory grains, PartitionPlaces places, SearchCommand command, TimeProvider time, ILogger logger,
    CancellationToken over)
{
    private const int MaxDoubts = 5;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<int, Task> _running = [];
    private readonly Dictionary<int, long> _refused = [];

    /// <summary>Where a partition is, unless that was refused already.</summary>
    /// <param name="partition">The partition.</param>
    /// <returns>The place; null: not known.</returns>
    public PartitionPlace? Find(int partition) =>
        places.Find(KeyOf(partition)) is { } place && place.Epoch > RefusedEpochOf(partition) ? place : null;

    /// <summary>A partition was not there: only a newer place counts from now on.</summary>
    /// <param name="place">Where it was asked for.</param>
    public void Refuse(PartitionPlace place)
    {
        _refused[place.Partition] = Math.Max(place.Epoch, RefusedEpochOf(place.Partition));
        places.Forget(KeyOf(place.Partition), place.Silo);
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
            await Task.WhenAny(Task.WhenAll(wanted), Task.Delay(patience, time, CancellationToken.None));
            if (wanted.Find(task => task.IsFaulted) is { } failed)
            {
                await failed;
            }
        }
    }

    /// <summary>Whether one of a silo's partitions is not there any more.</summary>
    /// <param name="partitions">The partitions; where nothing is known against it, the first one's grain is asked.
    /// </param>
    /// <param name="silo">Where they were thought to be.</param>
    /// <param name="patience">How long the grain may take to say so; one that does not is taken to be there.</param>
    /// <returns>True where one is elsewhere, or nowhere.</returns>
    public async Task<bool> HasMovedAsync(IReadOnlyList<int> partitions, SiloAddress silo, TimeSpan patience)
    {
        // What other silos announced meanwhile costs no message.
        if (partitions.Any(partition => places.Find(KeyOf(partition))?.Silo.Equals(silo) != true))
        {
            return true;
        }

        try
        {
            PartitionPlace place = await Grain(partitions[0]).LocateAsync().WaitAsync(patience, time);
            places.Learn(place);
            return !place.Silo.Equals(silo);
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
            return false;
        }
    }

    // One that was refused where it says it is may be on its way: after a few times it is believed.
    private async Task LocateAsync(int partition)
    {
        long refused = RefusedEpochOf(partition);
        for (int attempt = 1; !over.IsCancellationRequested; attempt++)
        {
            try
            {
                PartitionPlace place = await Grain(partition).LocateAsync().WaitAsync(over);
                if (place.Epoch > refused || attempt >= MaxDoubts)
                {
                    places.Learn(place);
                    _refused.Remove(partition);
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

    private long RefusedEpochOf(int partition) => _refused.GetValueOrDefault(partition, -1);

    private PartitionKey KeyOf(int partition) => new(command.Gallery, partition);

    private IPartitionGrain Grain(int partition) =>
        grains.PartitionGrain(command.Gallery, command.Partitions, partition);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Partition {Partition} of gallery {Gallery} is nowhere yet")]
        public static partial void NotFound(ILogger logger, long gallery, int partition, Exception exception);
    }
}
