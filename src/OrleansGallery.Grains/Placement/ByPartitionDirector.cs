using OrleansGallery.Abstractions;
using Orleans.Runtime.Placement;

namespace OrleansGallery.Grains;

/// <summary>
/// Places partition and identity grains by the same pure function of (partition, gallery silos), so that an identity's
/// change costs its partition one local call.
/// </summary>
internal sealed class ByPartitionDirector : IPlacementDirector
{
    /// <inheritdoc />
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return Task.FromResult(hint);
        }

        (long gallery, int partitions, int partition, _) = GrainKeys.Parse(target.GrainIdentity.Key.ToString()!);
        return Task.FromResult(PartitionOwners.Assign(gallery, partitions, silos)[partition]);
    }
}
