using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Inference;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary><c>gallery evaluate images</c>: a model on a data set.</summary>
internal sealed class EvaluateImagesCommand : EvaluationCommand
{
    private const string Coco = "coco";
    private const string Catalogue = "catalogue";

    private readonly Option<string?> _checkpoint = ModelOptions.Checkpoint(otherwise: null);
    private readonly Option<string> _models = ModelOptions.Models();
    private readonly Option<string> _device = ModelOptions.Device();
    private readonly Option<string> _precision = ModelOptions.Precision();

    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "The data set: a folder (folders: gallery/IDENTITY/* and query/IDENTITY/*), or a manifest's file; the "
            + "catalogue has none.",
        HelpName = "PATH",
    };

    private readonly Option<string> _layout = Choice(
        "--layout", "How --data is laid out.",
        "folders", "market1501", "dukeMtmcReId", Coco, "manifest", "omniglot", Catalogue);

    private readonly Option<string?> _trainJson = new("--train-json")
    {
        Description = "coco: the train file; query and gallery are the paths with \"train\" replaced.",
        HelpName = "FILE",
    };

    private readonly Option<int> _galleryImages = NumberOption.Of(
        "--gallery-images",
        "omniglot, catalogue: how many images of an identity are enrolled; the others are queries.",
        new DataOptions().GalleryImages,
        new(1));

    private readonly Option<string?> _grid = new("--grid")
    {
        Description = "Draw the worst and the best queries with what they found into this PNG file.",
        HelpName = "FILE",
    };

    private readonly FolderChoice _folder = new();

    public EvaluateImagesCommand()
        : base(
            "images",
            "Evaluate a model on the images of a data set.",
            "reid for market1501, dukeMtmcReId and manifests with facets, else fashion")
    {
        AddOptions(
            [
                _checkpoint, _data, _layout, _trainJson, _galleryImages, _grid, _models, _device, _precision,
                .. _folder.Options,
            ]);
        Validators.Add(Check);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        using EmbeddingModel model = ModelOptions.Load(
            arguments.GetRequiredValue(_models),
            arguments.GetRequiredValue(_checkpoint)!,
            arguments.GetRequiredValue(_device),
            arguments.GetRequiredValue(_precision),
            output);
        using EvaluatedSet set = EvaluatedSet.Open(
            DataOf(arguments), _folder.Of(arguments), model.Description, output);
        EvaluationImages images = set.Embed(model, output, cancellationToken);
        EvaluationOptions options = OptionsOf(arguments, set.HasFacets);
        EvaluationReport report = Write(images.Data, options, output, cancellationToken);
        return arguments.GetValue(_grid) is not { } grid || EvaluatedSet.Draw(grid, images, report, options, output)
            ? CommandLine.Done
            : CommandLine.Failed;
    }

    private void Check(CommandResult result)
    {
        string? layout = result.GetValue(_layout);
        if (result.GetValue(_data) is null && layout != Catalogue)
        {
            result.AddError("--data is required; only --layout catalogue has none.");
        }

        if (layout == Coco && result.GetValue(_trainJson) is null)
        {
            result.AddError("--layout coco needs --train-json.");
        }

        if (layout is Coco or "manifest" or "omniglot" or Catalogue)
        {
            _folder.Refuse(result, $"--layout {layout} lists its images itself");
        }
    }

    private DataOptions DataOf(ParseResult arguments) => new()
    {
        Source = Enum.Parse<DataSourceKind>(arguments.GetRequiredValue(_layout), ignoreCase: true),
        Path = arguments.GetValue(_data) ?? string.Empty,
        TrainJson = arguments.GetValue(_trainJson) ?? string.Empty,
        GalleryImages = arguments.GetValue(_galleryImages),
    };
}
