namespace OrleansGallery.Inference.Networks;

/// <summary>The networks by the names that checkpoints give.</summary>
public static class Architectures
{
    /// <summary>The compact network of the default model: 2.9 million parameters, made for 128 x 128 pixels.</summary>
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
    public static ResNetShape ResNet18 { get; } = new()
    {
        Name = "resnet18",
        Block = BlockKind.Basic,
        Depths = [2, 2, 2, 2],
    };

    /// <summary>The paper's ResNet-50.</summary>
    public static ResNetShape ResNet50 { get; } = new()
    {
        Name = "resnet50",
        Block = BlockKind.Bottleneck,
        Depths = [3, 4, 6, 3],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResNetShape> All { get; } = [Compact, ResNet18, ResNet50];

    /// <summary>Finds a network.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its shape, or null where no network has this name.</returns>
    public static ResNetShape? Find(string name) => All.FirstOrDefault(shape => shape.Name == name);
}
