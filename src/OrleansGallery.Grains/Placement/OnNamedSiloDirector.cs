using Orleans.Runtime.Placement;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Places a grain on the silo in its key, and nowhere else.</summary>
internal sealed class OnNamedSiloDirector : IPlacementDirector
{
    /// <inheritdoc />
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress silo = GrainKeys.ParseEmbedder(target.GrainIdentity.Key.ToString()!).Silo;
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new RetryException($"The silo {silo} is gone, or not known yet; send the request again.");
    }
}
