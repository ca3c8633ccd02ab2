using OrleansGallery.Inference.Networks;

namespace OrleansGallery.Inference.Import;

/// <summary>Tells a network by the names and shapes of its tensors.</summary>
internal static class ArchitectureGuess
{
    /// <returns>The shape, or null where it is none of those known here.</returns>
    public static NetworkShape? Of(CheckpointKeys keys) =>
        keys.Find("conv1.conv.weight") is { Shape: [long stem, ..] }
            ? Architectures.All.OfType<OsNetShape>().FirstOrDefault(shape => shape.Channels[0] == stem)
            : Architectures.All.OfType<ResNetShape>().FirstOrDefault(shape => Fits(shape, keys));

    private static bool Fits(ResNetShape shape, CheckpointKeys keys) =>
        keys.Find("conv1.weight") is { Shape: [long stem, ..] }
        && stem == shape.Widths[0]
        && (shape.Block == BlockKind.Bottleneck) == (keys.Find("layer1.0.conv3.weight") is not null)
        && shape.SplitNorm == (keys.Find("layer1.0.bn1.IN.weight") is not null)
        && (shape.Head is not null) == (keys.Find("head.weight") is not null)
        && shape.Depths.Select((depth, stage) =>
            keys.Find($"layer{stage + 1}.{depth - 1}.conv1.weight") is not null
            && keys.Find($"layer{stage + 1}.{depth}.conv1.weight") is null).All(fits => fits);
}
