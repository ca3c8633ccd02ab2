using Orleans.Services;

namespace OrleansGallery.Grains;

/// <summary>A silo's scan of the partitions that it owns: one message per silo and search.</summary>
[Alias("gallery.ISiloSearch")]
internal interface ISiloSearch : IGrainService
{
    /// <summary>Scans partitions as one job with one shared k-th score.</summary>
    /// <param name="request">What to scan.</param>
    /// <param name="cancellationToken">Ends the scan with what it has.</param>
    /// <returns>The answer; partitions that this silo does not own are left out of it.</returns>
    [Alias("Scan")]
    Task<SiloScanAnswer> ScanAsync(SiloScanRequest request, CancellationToken cancellationToken);
}
