namespace OrleansGallery.Inference.Networks;

/// <summary>The networks by the names that checkpoints give.</summary>
public static class Architectures
{
    /// <summary>
    /// The compact network of the default model: 2.9 million parameters, made for 128 x 128 to 160 x 160 pixels.
    /// </summary>
    public static ResNetShape Compact { get; } = new()
    {
        Name = "compact-resnet",
        Block = BlockKind.Basic,
        Depths = [2, 2, 2, 2],
        Widths = [32, 64, 128, 256],
        LastStride = 2,
        StemRelu = true,
        Shortcut = ShortcutKind.AveragePool,
        Head = 512,
    };

    /// <summary>The paper's ResNet-18.</summary>
    public static ResNetShape ResNet18 { get; } = Residual("resnet18", BlockKind.Basic, 2, 2, 2, 2);

    /// <summary>
    /// ResNet-18 with a third block in its last stage and the stem's ReLU: the network of <c>imagenet-resnet</c>.
    /// </summary>
    public static ResNetShape ResNet18Long { get; } =
        Residual("resnet18-2223", BlockKind.Basic, 2, 2, 2, 3) with { StemRelu = true, LastStride = 2 };

    /// <summary>The paper's ResNet-34.</summary>
    public static ResNetShape ResNet34 { get; } = Residual("resnet34", BlockKind.Basic, 3, 4, 6, 3);

    /// <summary>The paper's ResNet-50.</summary>
    public static ResNetShape ResNet50 { get; } = Residual("resnet50", BlockKind.Bottleneck, 3, 4, 6, 3);

    /// <summary>The paper's ResNet-101.</summary>
    public static ResNetShape ResNet101 { get; } = Residual("resnet101", BlockKind.Bottleneck, 3, 4, 23, 3);

    /// <summary>The paper's ResNet-152.</summary>
    public static ResNetShape ResNet152 { get; } = Residual("resnet152", BlockKind.Bottleneck, 3, 8, 36, 3);

    /// <summary>The paper's ResNet-50 with IBN-a, which has the stem's ReLU.</summary>
    public static ResNetShape ResNet50Ibn { get; } =
        ResNet50 with { Name = "resnet50_ibn_a", SplitNorm = true, StemRelu = true };

    /// <summary>The paper's ResNet-101 with IBN-a, which has the stem's ReLU.</summary>
    public static ResNetShape ResNet101Ibn { get; } =
        ResNet101 with { Name = "resnet101_ibn_a", SplitNorm = true, StemRelu = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkShape> All { get; } =
    [
        Compact, ResNet18, ResNet18Long, ResNet34, ResNet50, ResNet101, ResNet152, ResNet50Ibn, ResNet101Ibn,
        OmniScale("osnet_x0_25", 16, 64, 96, 128),
        OmniScale("osnet_x0_5", 32, 128, 192, 256),
        OmniScale("osnet_x0_75", 48, 192, 288, 384),
        OmniScale("osnet_x1_0", 64, 256, 384, 512),
        new ConvBlocksShape { Name = "conv4-64" },
    ];

    /// <summary>Finds a network.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its shape, or null where no network has this name.</returns>
    public static NetworkShape? Find(string name) => All.FirstOrDefault(shape => shape.Name == name);

    private static ResNetShape Residual(string name, BlockKind block, params int[] depths) =>
        new() { Name = name, Block = block, Depths = depths };

    private static OsNetShape OmniScale(string name, params int[] channels) =>
        new() { Name = name, Channels = channels };
}
