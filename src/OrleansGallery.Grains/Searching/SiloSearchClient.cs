using Orleans.Runtime.Services;

namespace OrleansGallery.Grains;

/// <summary>Reaches the search service of a given silo.</summary>
internal sealed class SiloSearchClient(IServiceProvider services) : GrainServiceClient<ISiloSearch>(services)
{
    /// <summary>The service of one silo.</summary>
    public ISiloSearch On(SiloAddress silo) => GetGrainService(silo);
}
