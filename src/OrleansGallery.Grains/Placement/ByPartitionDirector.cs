using OrleansGallery.Abstractions;
using Orleans.Runtime.Placement;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Places an identity where its partition is, so that its change costs its partition one local call, and a partition
/// where it belongs.
/// </summary>
internal sealed class ByPartitionDirector(PartitionPlaces places, PartitionOwnership ownership) : IPlacementDirector
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
        SiloAddress? place = places.Find(new PartitionKey(gallery, partition))?.Silo;
        if (place is null || !silos.Contains(place))
        {
            IReadOnlyList<SiloAddress> owners = ownership.OwnersOf(gallery, partitions);
            place = owners.Count > 0 && silos.Contains(owners[partition])
                ? owners[partition]
                : silos[partition % silos.Length];
        }

        return Task.FromResult(place);
    }
}
