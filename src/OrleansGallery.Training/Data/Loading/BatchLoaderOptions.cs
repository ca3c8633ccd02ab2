using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Training;

/// <summary>How batches are loaded.</summary>
internal sealed record BatchLoaderOptions
{
    /// <summary>The input's rows.</summary>
    public required int Height { get; init; }

    /// <summary>The input's columns.</summary>
    public required int Width { get; init; }

    /// <summary>The run's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Mean and deviation.</summary>
    public Normalization Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>What is done to images.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Threads that read, decode and augment. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Batches kept ready. Default: 3.</summary>
    public int BatchesAhead { get; init; } = 3;
}
