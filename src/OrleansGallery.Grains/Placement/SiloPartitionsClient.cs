using Orleans.Runtime.Services;

namespace OrleansGallery.Grains;

/// <summary>Reaches what a given silo knows of its partitions.</summary>
internal sealed class SiloPartitionsClient(IServiceProvider services) : GrainServiceClient<ISiloPartitions>(services)
{
    /// <summary>The service of one silo.</summary>
    public ISiloPartitions On(SiloAddress silo) => GetGrainService(silo);
}
