namespace OrleansGallery.Inference;

/// <summary>A libtorch that somebody installed.</summary>
public sealed record TorchInstallation
{
    /// <summary>The folder of its libraries.</summary>
    public required string Libraries { get; init; }

    /// <summary>Its version, for example <c>2.11.0+cu130</c>; null: it does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>The version of CUDA that it is built for; null: none.</summary>
    public string? Cuda { get; init; }

    /// <summary>The folders of CUDA's libraries that were installed with it.</summary>
    public IReadOnlyList<string> CudaLibraries { get; init; } = [];
}
