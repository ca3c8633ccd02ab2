using Orleans.Runtime.Services;

namespace OrleansGallery.Grains;

/// <summary>Reaches the search service of a given silo.</summary>
/// <param name="services">Orleans' services.</param>
internal sealed class SiloSearchClient(IServiceProvider services) : GrainServiceClient<ISiloSearch>(services)
{
    /// <summary>The service of one silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>Its service.</returns>
    public ISiloSearch On(SiloAddress silo) => GetGrainService(silo);
}
