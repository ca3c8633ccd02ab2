using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Inference;

/// <summary>A model by whatever names it on a command line: a model of a folder, or any file that holds one.</summary>
public static class NamedModel
{
    /// <summary>Loads it.</summary>
    /// <param name="store">The folder of models.</param>
    /// <param name="checkpoint">
    /// What <see cref="ModelStore.Find"/> takes, or a file: a model's, or a checkpoint that <see cref="ModelImport"/>
    /// takes without options.
    /// </param>
    /// <param name="device">Where it runs: <c>cpu</c> (default), <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <returns>The model; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">There is none of this name, or the file does not fit a
    /// network.</exception>
    public static EmbeddingModel Load(ModelStore store, string checkpoint, string device = "cpu")
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(checkpoint);
        bool isName = checkpoint is ModelStore.DefaultName or ModelStore.RandomName;
        if (isName || !File.Exists(checkpoint))
        {
            return store.Load(checkpoint, device);
        }

        return IsModel(checkpoint) ? EmbeddingModel.Load(checkpoint, device) : Import(checkpoint, device);
    }

    private static bool IsModel(string path)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        return ModelImport.IsModel(file);
    }

    private static EmbeddingModel Import(string checkpoint, string device)
    {
        ModelStore temporary = new(Directory.CreateTempSubdirectory("gallery-import-").FullName);
        try
        {
            ModelDescription imported = ModelImport.Run(checkpoint, temporary.Folder, new ImportOptions());
            return EmbeddingModel.Load(temporary.Get(imported.Id)!, device);
        }
        finally
        {
            Directory.Delete(temporary.Folder, recursive: true);
        }
    }
}
