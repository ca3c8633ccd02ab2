using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Dissolves provisional identities of which no image came for as long as their gallery says, each gallery's from the
/// silo that holds its first partition. One that grows meanwhile is at another version and stays.
/// </summary>
internal sealed partial class ObservationUpkeep(
    IGalleryStore store, IGrainFactory grains, LocalPartitions partitions, TimeProvider time,
    ILogger<ObservationUpkeep> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly SiloLoop _loop = new();

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        _loop.RunWith(observer, nameof(ObservationUpkeep), ServiceLifecycleStage.Active, RunAsync);

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    /// <summary>Looks at every gallery once.</summary>
    /// <param name="stopping">Ends it.</param>
    internal async Task DissolveAsync(CancellationToken stopping)
    {
        foreach (long number in partitions.All.Where(partition => partition.Key.Partition == 0)
            .Select(partition => partition.Key.Gallery).ToArray())
        {
            try
            {
                if (await store.FindGalleryAsync(number, stopping) is { } record
                    && StoredSettings.Of(record).Observe?.DissolveAfterDays is { } days)
                {
                    await DissolveAsync(StoreRecords.ToGallery(record), TimeSpan.FromDays(days), stopping);
                }
            }
#pragma warning disable CA1031 // Nobody waits for it; it is tried again.
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.NotDissolved(logger, number, exception);
            }
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
            }
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stopping);
            await DissolveAsync(stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information, "Gallery '{Gallery}': a provisional identity of {Images} images was dissolved")]
        public static partial void Dissolved(ILogger logger, string gallery, long images);

        [LoggerMessage(
            LogLevel.Information, "Provisional identities of gallery {Gallery} could not be looked at; tried again")]
        public static partial void NotDissolved(ILogger logger, long gallery, Exception exception);
    }
}
