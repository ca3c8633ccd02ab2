namespace OrleansGallery.Grains;

/// <summary>A running silo that holds partitions.</summary>
/// <param name="Address">Where it is; another one after a restart.</param>
/// <param name="Name">Its plain name; the same after a restart.</param>
internal sealed record GallerySilo(SiloAddress Address, string Name);
