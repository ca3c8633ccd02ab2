using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Inference.Models;

/// <summary>
/// The model used where none is named: a compact network trained from scratch on crops of photographs, which comes with
/// this assembly. Its metadata tells how it was trained and on what.
/// </summary>
public static class DefaultModel
{
    /// <summary>The id of the weights that come with this version.</summary>
    public const string Id = "compact-photographs-97a79d13";

    /// <summary>Height and width of its input in pixels.</summary>
    public const int InputSide = 160;

    private const string Resource = "OrleansGallery.Inference.Models.compact-photographs.safetensors";

    /// <summary>Writes the model's file where it is not there yet; two processes may do so at once.</summary>
    /// <param name="folder">The folder of models; it is created.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static string EnsureCreated(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, $"{Id}.safetensors");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            DurableFile.Write(path, target => target.Write(Content()));
        }

        return path;
    }

    /// <summary>Opens the weights where they are, in this assembly: nothing is written.</summary>
    internal static SafetensorsFile Open() => SafetensorsFile.Of(Id, Content());

    /// <summary>What it is and wants.</summary>
    internal static ModelDescription Describe()
    {
        using SafetensorsFile file = Open();
        return ModelMetadata.Read(file, file.Sha256());
    }

    private static byte[] Content()
    {
        using Stream resource = typeof(DefaultModel).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"This build lacks '{Resource}'.");
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
