using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using static TorchSharp.torch;

namespace OrleansGallery.Inference.Models;

/// <summary>
/// The compact network with seeded random weights, to compare trained ones with: made on first use. It is
/// <b>not trained</b>; its metadata says so. Torch draws the weights, so that their last bits, and with them the id,
/// may differ between kinds of processors.
/// </summary>
public static class RandomModel
{
    /// <summary>Height and width of its input in pixels.</summary>
    public const int InputSide = 128;

    private const string Name = "compact-random";
    private const string Extension = ".safetensors";
    private const ulong Seed = 1;

    private static readonly Lock Creating = new();

    /// <summary>Makes the model's file where it is not there yet; two processes may do so at once.</summary>
    /// <param name="folder">The folder of models; it is created.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static string EnsureCreated(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        lock (Creating)
        {
            return Find(folder) ?? Write(folder);
        }
    }

    private static string? Find(string folder) =>
        Directory.EnumerateFiles(folder, $"{Name}-*{Extension}").Order(StringComparer.Ordinal).FirstOrDefault();

    private static string Write(string folder)
    {
        string temporary = Path.Combine(folder, $"{Name}.{Guid.NewGuid():N}.tmp");
        try
        {
            DurableFile.Write(temporary, Write);
            string path = Path.Combine(folder, ModelMetadata.IdOf(Name, FileHash.Of(temporary)) + Extension);
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes the weights in memory: nothing is written.</summary>
    internal static SafetensorsFile Make()
    {
        using MemoryStream content = new();
        Write(content);
        return SafetensorsFile.Of(Name, content.ToArray());
    }

    private static void Write(Stream stream)
    {
        using EmbeddingNetwork network = Create();
        EmbeddingModel.Save(stream, Name, network, Description, half: false);
    }

    private static ModelDescription Description => new()
    {
        Id = Name,
        Architecture = Architectures.Compact.Name,
        Dimension = Architectures.Compact.Dimension,
        InputHeight = InputSide,
        InputWidth = InputSide,
        LastStride = Architectures.Compact.LastStride,
        Trained = false,
        Provenance = "Untrained: seeded random weights.",
        Sha256 = string.Empty,
    };

    // Its normalisations have seen nothing, so that all embeddings are nearly parallel: what they say is their order.
    private static EmbeddingNetwork Create()
    {
        TorchRuntime.EnsureLoaded();
        using IDisposable mode = no_grad();
        // A generator of its own: a training's numbers do not depend on whether this ran before.
        using Generator generator = new(Seed);
        EmbeddingNetwork network = new(Architectures.Compact);
        foreach ((_, Tensor value) in NetworkState.Of(network).Where(item => item.Value.dim() == 4))
        {
            value.normal_(0, Math.Sqrt(2.0 / (value.shape[1] * value.shape[2] * value.shape[3])), generator);
        }

        return network;
    }
}
