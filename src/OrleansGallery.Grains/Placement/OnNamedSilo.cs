namespace OrleansGallery.Grains;

/// <summary>The placement strategy behind <see cref="OnNamedSiloAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("gallery.OnNamedSilo")]
internal sealed class OnNamedSilo : PlacementStrategy
{
    public static OnNamedSilo Instance { get; } = new();
}
