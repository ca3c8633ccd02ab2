using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;

namespace OrleansGallery.Inference.Models;

/// <summary>
/// The compact network with seeded random weights, to compare trained ones with: made on first use. It is
/// <b>not trained</b>; its metadata says so. Its file is the same on every machine.
/// </summary>
public static class RandomModel
{
    /// <summary>The id of the weights that this version makes.</summary>
    public const string Id = $"{Name}-60024b98";

    /// <summary>Height and width of its input in pixels.</summary>
    public const int InputSide = 128;

    private const string Name = "compact-resnet-random";
    private const int CalibrationImages = 64;

    /// <summary>Makes the model's file where it is not there yet; two processes may do so at once.</summary>
    /// <param name="folder">The folder of models; it is created.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static string EnsureCreated(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string expected = Path.Combine(folder, $"{Id}.safetensors");
        if (File.Exists(expected))
        {
            return expected;
        }

        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $"{Name}.{Guid.NewGuid():N}.tmp");
        try
        {
            DurableFile.Write(temporary, Write);
            string path = Path.Combine(folder, $"{ModelMetadata.IdOf(Name, FileHash.Of(temporary))}.safetensors");
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
        return SafetensorsFile.Of(Id, content.ToArray());
    }

    private static void Write(Stream stream)
    {
        ModelDescription description = new()
        {
            Id = Name,
            Architecture = Architectures.Compact.Name,
            Dimension = Architectures.Compact.Dimension,
            InputHeight = InputSide,
            InputWidth = InputSide,
            LastStride = Architectures.Compact.LastStride,
            Trained = false,
            Provenance = "Untrained: seeded random weights, normalised on seeded synthetic pictures.",
            Sha256 = string.Empty,
        };
        SafetensorsFile.Write(
            stream, RandomWeights.Create(CalibrationImages, InputSide), ModelMetadata.Write(Name, description));
    }
}
