using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>Where a recipe puts what it makes.</summary>
/// <param name="root">The folder, absolute.</param>
internal sealed class RecipeFolder(string root)
{
    /// <summary>The folder itself; paths of the training are relative to it, so that it may be moved.</summary>
    public string Root => root;

    /// <summary>The converted data set.</summary>
    public string Data => Path.Combine(root, "data");

    /// <summary>The training.</summary>
    public string Training => Path.Combine(root, "training");

    /// <summary>Whether a training began there.</summary>
    public bool HasTraining => File.Exists(Path.Combine(Training, GalleryTrainer.StateFile));

    /// <summary>The report.</summary>
    public string Report => Path.Combine(root, "report.md");
}
