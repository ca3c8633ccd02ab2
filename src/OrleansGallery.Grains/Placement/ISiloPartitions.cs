using Orleans.Concurrency;
using Orleans.Services;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>What gallery silos tell and ask each other of their partitions, without activating any.</summary>
[Alias("gallery.ISiloPartitions")]
internal interface ISiloPartitions : IGrainService
{
    /// <summary>Hears where partitions are.</summary>
    /// <param name="places">Some places; one that is lost on the way is learned when it is needed.</param>
    /// <returns>When they were heard.</returns>
    [Alias("Announce"), OneWay]
    Task AnnounceAsync(IReadOnlyList<PartitionPlace> places);

    /// <summary>What this silo searches of a partition.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>Its counts and hash; null: it is not here.</returns>
    [Alias("Describe"), ResponseTimeout("00:00:05")]
    Task<PartitionSummary?> DescribeAsync(long gallery, int partition);

    /// <summary>A gallery was deleted: nothing of it is answered here any more.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <returns>When nothing is.</returns>
    [Alias("Retire"), ResponseTimeout("00:00:05")]
    Task RetireAsync(long gallery);

    /// <summary>Reads a partition ahead that will be handed to this silo.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Whether there is such a partition.</returns>
    [Alias("Prefetch"), ResponseTimeout("00:10:00")]
    Task<bool> PrefetchAsync(long gallery, int partition, CancellationToken cancellationToken);

    /// <summary>A partition that this silo handed over is searched elsewhere from now on: here it is not any more.
    /// </summary>
    /// <param name="place">Where it is now.</param>
    /// <returns>When nothing is answered from it here.</returns>
    [Alias("LetGo"), ResponseTimeout("00:00:01")]
    Task LetGoAsync(PartitionPlace place);

    /// <summary>A silo was told to stop: nothing belongs to it any more.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>When it was heard.</returns>
    [Alias("Drain"), ResponseTimeout("00:00:02")]
    Task DrainAsync(SiloAddress silo);

    /// <summary>What this silo holds and does.</summary>
    /// <returns>Its report.</returns>
    [Alias("Report"), ResponseTimeout("00:00:02")]
    Task<SiloReport> ReportAsync();
}
