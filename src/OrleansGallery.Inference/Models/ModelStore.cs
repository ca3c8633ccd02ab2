namespace OrleansGallery.Inference.Models;

/// <summary>A folder of models: safetensors files named by their id.</summary>
/// <param name="folder">The folder; it may not exist yet.</param>
public sealed class ModelStore(string folder)
{
    private const string Extension = ".safetensors";

    /// <summary>The models in the folder, by id. Files that are no models are left out.</summary>
    /// <returns>Their descriptions.</returns>
    public IReadOnlyList<ModelDescription> List()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        List<ModelDescription> models = [];
        foreach (string path in Directory.EnumerateFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal))
        {
            try
            {
                models.Add(EmbeddingModel.Describe(path));
            }
            catch (CheckpointException)
            {
                // Somebody's other file; Get names what is wrong with it.
            }
        }

        return models;
    }

    /// <summary>Finds a model.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The path of its file, or null where there is none.</returns>
    /// <exception cref="CheckpointException">The file of this name holds another model, or none.</exception>
    public string? Get(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (id.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            return null;
        }

        string path = Path.Combine(folder, id + Extension);
        if (!File.Exists(path))
        {
            return null;
        }

        string actual = EmbeddingModel.Describe(path).Id;
        return actual == id
            ? path
            : throw new CheckpointException(path, $"it holds the model '{actual}'; the file was changed or renamed.");
    }

    /// <summary>Copies a model's file into the folder under its id.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model's description.</returns>
    /// <exception cref="CheckpointException">The file holds no model.</exception>
    public ModelDescription Add(string path)
    {
        ModelDescription description = EmbeddingModel.Describe(path);
        Directory.CreateDirectory(folder);
        using FileStream source = File.OpenRead(path);
        Checkpoints.DurableFile.Write(
            Path.Combine(folder, description.Id + Extension), target => source.CopyTo(target));
        return description;
    }
}
