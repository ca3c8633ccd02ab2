using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Simulation;

/// <summary>Silos in this process on one store, with what goes wrong with them.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _killing = new(1);

    private SimulatedCluster(GalleryCluster cluster, ArmedFaults faults) => (Cluster, Faults) = (cluster, faults);

    /// <summary>The silos.</summary>
    public GalleryCluster Cluster { get; }

    /// <summary>What is to go wrong in the store.</summary>
    public ArmedFaults Faults { get; }

    /// <summary>Starts the silos.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="open">Opens a handle on the store, for each silo.</param>
    /// <returns>The cluster.</returns>
    public static async Task<SimulatedCluster> StartAsync(int silos, Func<IGalleryStore> open)
    {
        ArmedFaults faults = new();
        return new SimulatedCluster(
            await GalleryCluster.StartSeveralAsync(silos, () => new UnreliableStore(open(), faults)), faults);
    }

    /// <summary>Moves a partition, if nothing is in its way.</summary>
    /// <param name="gallery">Of which gallery.</param>
    /// <param name="random">Which one, and where to.</param>
    /// <returns>When it is on its way.</returns>
    public async Task MoveAsync(Gallery gallery, Random random)
    {
        int partition = random.Next(gallery.Partitions);
        IReadOnlyList<InProcessSiloHandle> silos = Cluster.Silos;
        try
        {
            await Cluster.Partition(gallery, partition).MoveAsync(silos[random.Next(silos.Count)].SiloAddress);
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception)?.Retryable == true)
        {
            // Something else happens to it already.
        }
    }

    /// <summary>Kills a silo and starts another, if that does not happen already.</summary>
    /// <param name="random">Which one.</param>
    /// <returns>When the other one runs.</returns>
    public async Task KillAsync(Random random)
    {
        if (!await _killing.WaitAsync(0))
        {
            return;
        }

        try
        {
            IReadOnlyList<InProcessSiloHandle> silos = Cluster.Silos;
            await Cluster.KillSiloAsync(silos[random.Next(silos.Count)]);
            await Cluster.AddSiloAsync();
        }
        finally
        {
            _killing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _killing.Dispose();
        return Cluster.DisposeAsync();
    }
}
