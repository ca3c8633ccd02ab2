using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace OrleansGallery.Grains;

/// <summary>
/// Scans this silo's partitions on pool threads, off every grain's turns. Reentrant: it has no state of its own.
/// </summary>
[Reentrant]
internal sealed class SiloSearch(GrainId id, Silo silo, ILoggerFactory loggers, ScanQueue queue)
    : GrainService(id, silo, loggers), ISiloSearch
{
    /// <inheritdoc />
    public async Task<SiloScanAnswer> ScanAsync(SiloScanRequest request, CancellationToken cancellationToken)
    {
        using Activity? trace = GrainsInstruments.Traces.StartActivity("gallery.scan");
        using CancellationTokenSource deadline =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(request.Deadline);
        return await queue.ScanAsync(request, deadline.Token);
    }
}
