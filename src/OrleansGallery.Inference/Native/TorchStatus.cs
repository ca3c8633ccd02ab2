using System.Globalization;

namespace OrleansGallery.Inference;

/// <summary>Which libtorch there is, and what it can run on.</summary>
public sealed record TorchStatus
{
    /// <summary>The folder of libtorch; null: it came with the program.</summary>
    public required string? Folder { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string Version { get; init; }

    /// <summary>The version of CUDA that libtorch is built for; null: none, or it came with the program.</summary>
    public required string? Cuda { get; init; }

    /// <summary>The devices that models can run on.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Why there is no CUDA device; null: there is one.</summary>
    public required string? NoCuda { get; init; }

    /// <summary>Loads libtorch, and looks.</summary>
    /// <returns>What there is.</returns>
    /// <exception cref="TorchRuntimeException">It cannot be loaded; the message says why and what to do.</exception>
    public static TorchStatus Read()
    {
        int count = TorchDevice.CudaDevices;
        return new TorchStatus
        {
            Folder = TorchRuntime.Installed?.Libraries,
            Version = TorchRuntime.Installed?.Version ?? TorchRuntime.Version,
            Cuda = TorchRuntime.Installed?.Cuda,
            Devices =
            [
                TorchDevice.Cpu,
                .. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"cuda:{i}")),
            ],
            NoCuda = count == 0 ? TorchDevice.WhyNoCuda : null,
        };
    }
}
