using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.ImageNet;

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

    /// <summary>The default model, and those in the folder by id. Files that are no models are left out.</summary>
    /// <returns>Their descriptions.</returns>
    public IReadOnlyList<ModelDescription> List() =>
    [
        DefaultModel.Describe(),
        .. Examine().Select(file => file.Model).OfType<ModelDescription>().Where(model => model.Id != DefaultModel.Id),
    ];

    /// <summary>Reads the folder's files one by one, by id.</summary>
    /// <returns>Each file's path, and the model in it or why there is none.</returns>
    public IEnumerable<(string Path, ModelDescription? Model, CheckpointException? Fault)> Examine()
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{Extension}") : [];
        foreach (string path in files.Order(StringComparer.Ordinal))
        {
            ModelDescription? model = null;
            CheckpointException? fault = null;
            try
            {
                model = EmbeddingModel.Describe(path);
            }
            catch (CheckpointException exception)
            {
                fault = exception;
            }

            yield return (path, model, fault);
        }
    }

    /// <summary>Finds a model.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The path of its file, or null where there is none.</returns>
    /// <exception cref="CheckpointException">The file of this name holds another model, or none.</exception>
    public string? Get(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (!IsId(id))
        {
            return null;
        }

        string path = PathOf(id);
        if (!File.Exists(path))
        {
            return null;
        }

        string actual = EmbeddingModel.Describe(path).Id;
        return actual == id
            ? path
            : throw new CheckpointException(path, $"it holds the model '{actual}'; the file was changed or renamed.");
    }

    /// <summary>Makes a model of a checkpoint, in the folder under its id.</summary>
    /// <param name="path">The checkpoint, or a model's file.</param>
    /// <param name="options">What the checkpoint does not say of itself; null: nothing.</param>
    /// <returns>The model, its file, and what was understood.</returns>
    /// <exception cref="CheckpointException">As of <see cref="ModelImport.Write"/>.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public ImportedModel Import(string path, ImportOptions? options = null)
    {
        // Made in memory first: of a checkpoint that is refused, not even the folder is left.
        using MemoryStream target = new();
        IReadOnlyList<ImportFinding> findings = ModelImport.Write(path, options ?? new ImportOptions(), target);
        ReadOnlyMemory<byte> content = target.GetBuffer().AsMemory(0, (int)target.Length);
        using SafetensorsFile model = SafetensorsFile.Of(path, content);
        ModelDescription description = ModelMetadata.Read(model, model.Sha256());
        Directory.CreateDirectory(folder);
        DurableFile.Write(PathOf(description.Id), stream => stream.Write(content.Span));
        return new ImportedModel(description, PathOf(description.Id), findings);
    }

    /// <summary>Whether a text can be a model's id, and with it a file's name.</summary>
    /// <param name="id">The text.</param>
    /// <returns>True where it can.</returns>
    public static bool IsId(string id) =>
        !string.IsNullOrWhiteSpace(id) && !id.AsSpan().ContainsAny('/', '\\', '\0');

    /// <summary>Adds a model's file from elsewhere, if it is what it should be.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="sha256">The file's SHA-256, lower-case hex.</param>
    /// <param name="write">Writes the file.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="CheckpointException">It is another file, or no model of this id; nothing was added.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<string> AddAsync(string id, string sha256, Func<Stream, Task> write)
    {
        if (!IsId(id))
        {
            throw new ArgumentException($"'{id}' is no model's id.", nameof(id));
        }

        Directory.CreateDirectory(folder);
        string path = PathOf(id);
        await DurableFile.WriteAsync(path, write, temporary => Require(id, sha256, temporary));
        return path;
    }

    private static void Require(string id, string sha256, string path)
    {
        string found = FileHash.Of(path);
        if (found != sha256)
        {
            throw new CheckpointException(id, $"its SHA-256 is {found} instead of {sha256}.");
        }

        if (EmbeddingModel.Describe(path).Id is var actual && actual != id)
        {
            throw new CheckpointException(id, $"it holds the model '{actual}'.");
        }
    }

    /// <summary>Finds a model by whatever names it here; those that come with the program are made on first use.
    /// </summary>
    /// <param name="name"><c>default</c>, <c>random</c> (the untrained network), or a model's id.</param>
    /// <returns>The path of its file, or null where there is none.</returns>
    /// <exception cref="CheckpointException">The file of this name holds another model, or none.</exception>
    public string? Find(string name) => name switch
    {
        DefaultName or DefaultModel.Id => DefaultModel.EnsureCreated(folder),
        RandomName => RandomModel.EnsureCreated(folder),
        _ => Get(name),
    };

    /// <summary>Loads a model by whatever names it; nothing is written.</summary>
    /// <param name="checkpoint">
    /// <c>default</c>, <c>random</c> (the untrained network), <c>imagenet-resnet</c>, the id of a model of the folder,
    /// or a file: a model's, or a checkpoint that <see cref="ModelImport"/> takes without options.
    /// </param>
    /// <param name="device">Where it runs: <c>cpu</c> (default), <c>cuda</c>, <c>cuda:1</c>, or <c>auto</c>.</param>
    /// <param name="threads">As of <see cref="EmbeddingModel.Load(string, string, int?, ModelPrecision)"/>.</param>
    /// <param name="precision">What a network of ours computes with.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">There is none of this name, or the file does not fit a
    /// network.</exception>
    public EmbeddingModel Load(
        string checkpoint, string device = "cpu", int? threads = null,
        ModelPrecision precision = ModelPrecision.Float32)
    {
        using SafetensorsFile file = Open(checkpoint);
        return EmbeddingModel.Load(file, device, threads, precision);
    }

    /// <summary>Opens the checkpoint that a name stands for, as it is; nothing is written.</summary>
    /// <param name="checkpoint">As of <see cref="Load"/>; a checkpoint need not fit a network.</param>
    /// <returns>The open checkpoint; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">There is none of this name, or it cannot be read.</exception>
    public CheckpointFile OpenCheckpoint(string checkpoint) => File.Exists(checkpoint) && !IsBuiltIn(checkpoint)
        ? CheckpointFile.Open(checkpoint)
        : new SafetensorsCheckpoint(Open(checkpoint));

    private SafetensorsFile Open(string checkpoint)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(checkpoint);
        if (checkpoint is DefaultName or DefaultModel.Id)
        {
            return DefaultModel.Open();
        }

        if (checkpoint is RandomName)
        {
            return RandomModel.Make();
        }

        if (checkpoint is ImageNetWeights.Name)
        {
            return SafetensorsFile.Of(checkpoint, Convert(checkpoint, new ImportOptions()));
        }

        CheckpointFile.RefuseFolder(checkpoint);
        if (!File.Exists(checkpoint))
        {
            return SafetensorsFile.Open(Get(checkpoint) ?? throw new CheckpointException(
                checkpoint, $"there is no such file, and no model of this id in '{folder}'."));
        }

        return IsModel(checkpoint)
            ? SafetensorsFile.Open(checkpoint)
            : SafetensorsFile.Of(checkpoint, Convert(checkpoint, new ImportOptions()));
    }

    private static ReadOnlyMemory<byte> Convert(string checkpoint, ImportOptions options)
    {
        using MemoryStream content = new();
        ModelImport.Write(checkpoint, options, content);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static bool IsBuiltIn(string checkpoint) =>
        checkpoint is DefaultName or DefaultModel.Id or RandomName or ImageNetWeights.Name;

    private static bool IsModel(string path)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        return ModelImport.IsModel(file);
    }

    private string PathOf(string id) => Path.Combine(folder, id + Extension);
}
