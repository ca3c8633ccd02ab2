using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>The scans of a cluster's first silo, which wait until they are released.</summary>
internal sealed class HeldScans : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly ScanQueue _queue;

    private HeldScans(ScanQueue queue)
    {
        _queue = queue;
        queue.BeforeScan = _ =>
        {
            Entered.Set();
            _release.Wait();
        };
    }

    /// <summary>Set when one waits.</summary>
    public ManualResetEventSlim Entered { get; } = new();

    public static HeldScans Of(GalleryCluster cluster) =>
        new(cluster.Silos[0].ServiceProvider.GetRequiredService<ScanQueue>());

    public void Release()
    {
        _queue.BeforeScan = null;
        _release.Set();
    }

    public void Dispose()
    {
        Release();
        _release.Dispose();
        Entered.Dispose();
    }
}
