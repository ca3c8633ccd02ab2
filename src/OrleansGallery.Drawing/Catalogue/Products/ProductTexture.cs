namespace OrleansGallery.Drawing;

/// <summary>A product's texture, drawn in the accent colour on its body.</summary>
/// <param name="Kind">The pattern.</param>
/// <param name="Repeats">How often it repeats over the product's longest side.</param>
/// <param name="AngleDegrees">How far it is turned, in degrees.</param>
/// <param name="Fill">How much of a period the accent colour takes, 0 to 1.</param>
/// <param name="Phase">Where the pattern starts, in periods, 0 to 1.</param>
internal sealed record ProductTexture(TextureKind Kind, float Repeats, float AngleDegrees, float Fill, float Phase)
{
    internal static ProductTexture Draw(KeyedRandom random, TextureKind kind)
        => new(
            kind,
            random.UniformF(4, 7.5),
            random.UniformF(-90, 90),
            random.UniformF(0.35, 0.62),
            random.UniformF(0, 1));
}
