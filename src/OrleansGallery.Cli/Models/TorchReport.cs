using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery torch --json</c> prints.</summary>
internal sealed record TorchReport
{
    /// <summary>The folder of libtorch; null: it came with the program.</summary>
    public string? Folder { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string Version { get; init; }

    /// <summary>The version of CUDA that libtorch is built for; null: none, or it came with the program.</summary>
    public string? Cuda { get; init; }

    /// <summary>The devices that models can run on.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Why there is no CUDA device; null: there is one.</summary>
    public string? NoCuda { get; init; }

    /// <summary>Each model and what it would run on.</summary>
    public required IReadOnlyList<ModelTrial> Models { get; init; }
}
