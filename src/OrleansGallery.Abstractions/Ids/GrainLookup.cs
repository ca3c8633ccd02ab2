namespace OrleansGallery.Abstractions;

/// <summary>From names in a request to grains; ids are checked here, before they become parts of keys.</summary>
public static class GrainLookup
{
    /// <summary>The grain of a gallery, whether or not there is one.</summary>
    /// <param name="grains">Finds it.</param>
    /// <param name="gallery">The gallery's name.</param>
    /// <returns>The grain.</returns>
    /// <exception cref="InvalidIdException">The name breaks the rules.</exception>
    public static IGalleryGrain GalleryGrain(this IGrainFactory grains, string gallery)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return grains.GetGrain<IGalleryGrain>(IdRules.Require("gallery name", gallery));
    }

    /// <summary>The grain of a gallery's merge suggestions.</summary>
    /// <param name="grains">Finds it.</param>
    /// <param name="gallery">The gallery's name.</param>
    /// <returns>The grain.</returns>
    /// <exception cref="InvalidIdException">The name breaks the rules.</exception>
    public static ISuggestionsGrain SuggestionsGrain(this IGrainFactory grains, string gallery)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return grains.GetGrain<ISuggestionsGrain>(IdRules.Require("gallery name", gallery));
    }

    /// <summary>The grain of a partition.</summary>
    /// <param name="grains">Finds it.</param>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="partitions">How many partitions the gallery has.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <returns>The grain.</returns>
    public static IPartitionGrain PartitionGrain(
        this IGrainFactory grains, long gallery, int partitions, int partition)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return grains.GetGrain<IPartitionGrain>(GrainKeys.Partition(gallery, partitions, partition));
    }

    /// <summary>The grain of an identity of a known gallery.</summary>
    /// <param name="grains">Finds it.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity's id.</param>
    /// <returns>The grain.</returns>
    /// <exception cref="InvalidIdException">The id breaks the rules.</exception>
    public static IIdentityGrain IdentityGrain(this IGrainFactory grains, Gallery gallery, string? identity)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(gallery);
        string id = IdRules.Require("identity id", identity);
        int partition = PartitionFunction.PartitionOf(id, gallery.Partitions);
        return grains.GetGrain<IIdentityGrain>(GrainKeys.Identity(gallery.Number, gallery.Partitions, partition, id));
    }

    /// <summary>The grain of an identity of a gallery that is known by name only.</summary>
    /// <param name="grains">Finds it.</param>
    /// <param name="gallery">The gallery's name.</param>
    /// <param name="identity">The identity's id.</param>
    /// <returns>The grain.</returns>
    /// <exception cref="InvalidIdException">The name or the id breaks the rules.</exception>
    /// <exception cref="GalleryNotFoundException">There is no such gallery.</exception>
    public static async Task<IIdentityGrain> IdentityGrainAsync(
        this IGrainFactory grains, string gallery, string identity)
    {
        // The id first: it can be refused without asking anybody.
        IdRules.Require("identity id", identity);
        return grains.IdentityGrain(await grains.GalleryGrain(gallery).GetAsync(), identity);
    }
}
