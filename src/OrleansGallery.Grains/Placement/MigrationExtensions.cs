using Orleans.Runtime.Placement;

namespace OrleansGallery.Grains;

/// <summary>Moves grains.</summary>
internal static class MigrationExtensions
{
    /// <summary>Ends a grain's activation once it is idle, and has the next one start on a given silo.</summary>
    /// <param name="grain">The grain, on one of its turns.</param>
    /// <param name="silo">The silo.</param>
    public static void MigrateTo(this Grain grain, SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        grain.MigrateOnIdle();

        // It was taken along; what the grain calls from here on is placed as ever.
        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
    }
}
