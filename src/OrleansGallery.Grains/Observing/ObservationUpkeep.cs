using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Settles identities whose founding was interrupted before they were compared, and dissolves provisional ones of which
/// no image came for as long as their gallery says; each gallery's from the silo that holds its first partition. One
/// that grows meanwhile is at another version and stays.
/// </summary>
internal sealed partial class ObservationUpkeep(
    IGalleryStore store, IGrainFactory grains, LocalPartitions partitions, TimeProvider time,
    ILogger<ObservationUpkeep> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    // So many are settled in a round; who is younger is mostly being settled by whoever founded it.
    private const int Settled = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SettleAge = TimeSpan.FromMinutes(1);

    private readonly SiloLoop _loop = new();
    private readonly SearchRouter _router = new(grains, time);
    private readonly ObservationCalls _calls = new(grains, time);
    private readonly ObservationMerge _merge = new(
        new ObservationSearch(new SearchRouter(grains, time)), new ObservationCalls(grains, time), grains, time);

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        _loop.RunWith(observer, nameof(ObservationUpkeep), ServiceLifecycleStage.Active, RunAsync);

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    /// <summary>Looks at every gallery once.</summary>
    /// <param name="stopping">Ends it.</param>
    internal async Task RunOnceAsync(CancellationToken stopping)
    {
        foreach (long number in partitions.All.Where(partition => partition.Key.Partition == 0)
            .Select(partition => partition.Key.Gallery).ToArray())
        {
            try
            {
                if (await store.FindGalleryAsync(number, stopping) is { } record)
                {
                    Gallery gallery = StoreRecords.ToGallery(record);
                    await SettleAsync(gallery, stopping);
                    if (StoredSettings.Of(record).Observe?.DissolveAfterDays is { } days)
                    {
                        await DissolveAsync(gallery, TimeSpan.FromDays(days), stopping);
                    }
                }
            }
#pragma warning disable CA1031 // Nobody waits for it; it is tried again.
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.NotDone(logger, number, exception);
            }
        }
    }

    // The rows have the mark in memory: a search for any direction names those that have it.
    private async Task SettleAsync(Gallery gallery, CancellationToken stopping)
    {
        float[] any = new float[gallery.Dimension];
        any[0] = 1;
        SearchAnswer unsettled = await _router.SearchAsync(
            new SearchCommand
            {
                Gallery = gallery.Number,
                Partitions = gallery.Partitions,
                Dimension = gallery.Dimension,
                Query = VectorBytes.From(any),
                Top = Settled,
                Deadline = TimeSpan.FromSeconds(30),
                Filter = [ReservedAttributes.IsUnsettled],
            },
            stopping);
        foreach (Match match in unsettled.Matches)
        {
            try
            {
                await SettleAsync(gallery, match.IdentityId, stopping);
            }
#pragma warning disable CA1031 // Nobody waits for it; it is tried again.
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.NotDone(logger, gallery.Number, exception);
            }
        }
    }

    private async Task SettleAsync(Gallery gallery, string identityId, CancellationToken stopping)
    {
        if (await _calls.FindIdentityAsync(gallery, identityId) is { } identity
            && identity.Attributes.GetValueOrDefault(ReservedAttributes.Observation) is { } observation
            && await _calls.FindObservationAsync(gallery, observation, null) is { } record
            && time.GetUtcNow() - record.DecidedAt > SettleAge)
        {
            await _merge.SettleAsync(gallery, record, stopping);
        }
    }

    private async Task DissolveAsync(Gallery gallery, TimeSpan age, CancellationToken stopping)
    {
        await foreach (IdentityListing identity in store.WalkIdentitiesAsync(gallery.Number, stopping))
        {
            if (identity.Attributes.Find(ReservedAttributes.State) == ReservedAttributes.Provisional
                && DateTimeOffset.TryParse(
                    identity.Attributes.Find(ReservedAttributes.Seen), CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal, out DateTimeOffset seen)
                && time.GetUtcNow() - seen > age)
            {
                try
                {
                    await grains.IdentityGrain(gallery, identity.IdentityId).DeleteAtAsync(identity.Version);
                    Log.Dissolved(logger, gallery.Name, identity.Count);
                }
                catch (Exception exception) when (
                    exception is PreconditionFailedException or IdentityNotFoundException)
                {
                    // Something came, or went, meanwhile.
                }
#pragma warning disable CA1031 // Nobody waits for it; it is tried again.
                catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    Log.NotDone(logger, gallery.Number, exception);
                }
            }
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stopping);
            await RunOnceAsync(stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information, "Gallery '{Gallery}': a provisional identity of {Images} images was dissolved")]
        public static partial void Dissolved(ILogger logger, string gallery, long images);

        [LoggerMessage(
            LogLevel.Information,
            "Provisional identities of gallery {Gallery} could not be settled or dissolved; tried again")]
        public static partial void NotDone(ILogger logger, long gallery, Exception exception);
    }
}
