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

    /// <summary>Loads a model by whatever names it.</summary>
    /// <param name="checkpoint">
    /// <c>default</c>, <c>random</c> (the untrained network), the id of a model of the folder, or a file: a
    /// model's, or a checkpoint that <see cref="ModelImport"/> takes without options.
    /// </param>
    /// <param name="device">Where it runs: <c>cpu</c> (default), <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">There is none of this name, or the file does not fit a
    /// network.</exception>
    public EmbeddingModel Load(string checkpoint, string device = "cpu")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(checkpoint);
        if (checkpoint is DefaultName or DefaultModel.Id)
        {
            return EmbeddingModel.Load(DefaultModel.EnsureCreated(folder), device);
        }

        if (checkpoint is RandomName)
        {
            return EmbeddingModel.Load(RandomModel.EnsureCreated(folder), device);
        }

        if (!File.Exists(checkpoint))
        {
            string path = Get(checkpoint) ?? throw new CheckpointException(
                checkpoint, $"there is no such file, and no model of this id in '{folder}'.");
            return EmbeddingModel.Load(path, device);
        }

        if (IsModel(checkpoint))
        {
            return EmbeddingModel.Load(checkpoint, device);
        }

        string temporary = Directory.CreateTempSubdirectory("gallery-import-").FullName;
        try
        {
            ModelDescription imported = ModelImport.Run(checkpoint, temporary, new ImportOptions());
            return EmbeddingModel.Load(Path.Combine(temporary, imported.Id + Extension), device);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static bool IsModel(string path)
    {
        using Checkpoints.CheckpointFile file = Checkpoints.CheckpointFile.Open(path);
        return file.Format == Checkpoints.CheckpointFormat.Safetensors && file.Metadata.ContainsKey("architecture");
    }
}
