using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>How a command's images lie on disk: the options of those that ask a service.</summary>
internal sealed class LayoutChoice
{
    public const string Folders = "folders";
    public const string Manifest = "manifest";

    private const string Coco = "coco";

    private readonly Option<string> _layout = new("--layout")
    {
        Description =
            "How the images are laid out. folders: one folder per identity, named by its id; market1501, "
            + "dukeMtmcReId: the published folders, whose names tell identity and camera; coco: annotations with "
            + "pair_id; manifest: a CSV or NDJSON file of path, identity, and where wanted facet, takenAt, imageId, "
            + "attributes and split. Cameras become facets.",
        DefaultValueFactory = _ => Folders,
    };

    private readonly Option<string?> _trainJson = new("--train-json")
    {
        Description = "coco: the train file; query and gallery are the paths with \"train\" replaced.",
        HelpName = "FILE",
    };

    public LayoutChoice() =>
        _layout.AcceptOnlyFromAmong(Folders, "market1501", "dukeMtmcReId", Coco, Manifest);

    public Option[] Options => [_layout, _trainJson];

    /// <summary>The layout's name.</summary>
    public string NameOf(CommandResult result) => result.GetValue(_layout) ?? Folders;

    /// <summary>Refuses what does not go together.</summary>
    /// <param name="result">The arguments.</param>
    /// <param name="folder">What is taken of folders.</param>
    public void Check(CommandResult result, FolderChoice folder)
    {
        string layout = NameOf(result);
        if ((layout == Coco) != (result.GetValue(_trainJson) is not null))
        {
            result.AddError("--train-json goes with --layout coco, which needs it.");
        }

        if (layout is Coco or Manifest)
        {
            folder.Refuse(result, $"--layout {layout} lists its images itself");
        }
    }

    /// <summary>The data set.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="path">Where it is.</param>
    public DataOptions Of(ParseResult arguments, string path) => new()
    {
        Source = Enum.Parse<DataSourceKind>(arguments.GetRequiredValue(_layout), ignoreCase: true),
        Path = path,
        TrainJson = arguments.GetValue(_trainJson) ?? string.Empty,
    };
}
