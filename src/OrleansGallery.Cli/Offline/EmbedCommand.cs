using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery embed</c>: images to arrays, without a server.</summary>
internal sealed class EmbedCommand : Command
{
    private readonly Argument<string> _path = new("PATH")
    {
        Description = "An image, a folder of images, or a folder of folders.",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = $"Where {EmbeddingSet.EmbeddingsFile} (float32, not normalised) and {EmbeddingSet.PathsFile} go.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _centroids = new("--centroids")
    {
        Description =
            "Write one mean per identity, and the identities' names instead of paths. folder: an image is of the "
            + "identity that its folder is named by; prefix: by its path before the last underscore.",
        HelpName = "RULE",
    };

    private readonly Option<string?> _checkpoint = ModelOptions.Checkpoint(ModelStore.DefaultName);
    private readonly Option<string> _models = ModelOptions.Models();
    private readonly Option<string> _device = ModelOptions.Device();

    public EmbedCommand()
        : base("embed",
            "Embed images, or the centroids of their identities, into arrays. No server is needed. Files that "
            + "are no images are left out and reported; more than 5 % of them stop it.")
    {
        _centroids.AcceptOnlyFromAmong("folder", "prefix");
        Add(_path);
        Add(_checkpoint);
        Add(_out);
        Add(_centroids);
        Add(_models);
        Add(_device);
        SetAction(
            (arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
    }

    private int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        string folder = arguments.GetRequiredValue(_out);
        string checkpoint = arguments.GetValue(_checkpoint) ?? ModelStore.DefaultName;
        IdentityRule? rule = arguments.GetValue(_centroids) switch
        {
            "folder" => IdentityRule.Folder,
            "prefix" => IdentityRule.Prefix,
            _ => null,
        };
        IReadOnlyList<string> files = ImageFiles.Find(arguments.GetRequiredValue(_path));

        // Before the work: a path that does not say whose image it is, a folder that cannot be made.
        _ = rule?.Group(files);
        Directory.CreateDirectory(folder);
        using EmbeddingModel model = ModelOptions.Load(
            arguments.GetRequiredValue(_models), checkpoint, arguments.GetRequiredValue(_device), output);
        EmbeddingSet images = OfflineImages.Embed(model, files, output, cancellationToken);
        EmbeddingSet set = rule is { } chosen ? images.Centroids(chosen) : images;
        set.Write(folder);
        EmbeddingOrigin origin = new()
        {
            Model = model.Description.Id,
            Checkpoint = File.Exists(checkpoint) ? Path.GetFullPath(checkpoint) : checkpoint,
            Dimension = set.Dimension,
            Images = images.Count,
            Centroids = rule?.ToString().ToLowerInvariant(),
        };
        origin.Write(folder);
        EmbedSummary summary = new()
        {
            Folder = folder,
            Model = origin.Model,
            Vectors = set.Count,
            Dimension = set.Dimension,
            Images = images.Count,
            Unreadable = files.Count - images.Count,
        };
        if (output.IsJson)
        {
            output.WriteJson(summary);
        }
        else
        {
            output.WriteFields(
                ("folder", summary.Folder),
                ("model", summary.Model),
                (rule is null ? "embeddings" : "centroids",
                    $"{Figures.Count(summary.Vectors)} of {summary.Dimension} dimensions"),
                ("images", Figures.Count(summary.Images)),
                ("left out", Figures.Count(summary.Unreadable)));
        }

        return CommandLine.Done;
    }
}
