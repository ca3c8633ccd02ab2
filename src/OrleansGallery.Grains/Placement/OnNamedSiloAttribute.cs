using Orleans.Placement;

namespace OrleansGallery.Grains;

/// <summary>Places an embedder on the silo that its key names.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnNamedSiloAttribute() : PlacementAttribute(OnNamedSilo.Instance);
