using OrleansGallery.Abstractions;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>From names in a request to grains; ids are checked here, before they become parts of keys.</summary>
internal static class GrainLookup
{
    public static IGalleryGrain GalleryGrain(this IGrainFactory grains, string gallery) =>
        grains.GetGrain<IGalleryGrain>(IdRules.Require("gallery name", gallery));

    public static IIdentityGrain IdentityGrain(this IGrainFactory grains, Gallery gallery, string? identity)
    {
        string id = IdRules.Require("identity id", identity);
        int partition = PartitionFunction.PartitionOf(id, gallery.Partitions);
        return grains.GetGrain<IIdentityGrain>(GrainKeys.Identity(gallery.Number, gallery.Partitions, partition, id));
    }

    public static async Task<IIdentityGrain> IdentityGrainAsync(
        this IGrainFactory grains, string gallery, string identity)
    {
        // The id first: it can be refused without asking anybody.
        IdRules.Require("identity id", identity);
        return grains.IdentityGrain(await grains.GalleryGrain(gallery).GetAsync(), identity);
    }
}
