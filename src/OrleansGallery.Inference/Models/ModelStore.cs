namespace OrleansGallery.Inference.Models;

/// <summary>A folder of models: safetensors files named by their id.</summary>
/// <param name="folder">The folder; it may not exist yet.</param>
public sealed class ModelStore(string folder)
{
    /// <summary>What names the default model.</summary>
    public const string DefaultName = "default";

    /// <summary>What names the untrained network.</summary>
    public const string RandomName = "random";

    private const string Extension = ".safetensors";

    /// <summary>Where the files are.</summary>
    public string Folder => folder;

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

    /// <summary>Finds a model by whatever names it here; those that come with the program are made on first use.
    /// </summary>
    /// <param name="name"><c>default</c>, <c>random</c> (the untrained network), or a model's id.</param>
    /// <returns>The path of its file, or null where there is none.</returns>
    /// <exception cref="CheckpointException">The file of this name holds another model, or none.</exception>
    public string? Find(string name) => name switch
    {
        DefaultName or DefaultModel.Id => DefaultModel.EnsureCreated(folder),
        RandomName or RandomModel.Id => RandomModel.EnsureCreated(folder),
        _ => Get(name),
    };

    /// <summary>Loads a model by what <see cref="Find"/> takes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="device">Where it runs: <c>cpu</c> (default), <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">There is none of this name, or its file is not to be used.</exception>
    public EmbeddingModel Load(string name, string device = "cpu") => EmbeddingModel.Load(
        Find(name) ?? throw new CheckpointException(
            name, $"there is no such file, and no model of this id in '{folder}'."),
        device);
}
