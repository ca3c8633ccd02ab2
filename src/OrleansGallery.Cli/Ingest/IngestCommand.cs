using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Client;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary><c>gallery ingest</c>: streams a folder's images into a gallery.</summary>
internal sealed class IngestCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string?> _path = new("PATH")
    {
        Description = "The folder of the images, or the manifest's file.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description =
            "Enrol existing embeddings instead: a .npy file of one per row, as `gallery embed` writes it. Needs "
            + "--paths.",
        HelpName = "F.npy",
    };

    private readonly Option<string?> _paths = new("--paths")
    {
        Description = "The embeddings' paths or identities: a .npy file of texts, one per row.",
        HelpName = "P.npy",
    };

    private readonly Option<string?> _identity = new("--identity")
    {
        Description =
            "Whose a row of --vectors is. folder: the first folder below --root names it; prefix: its path before the "
            + "last underscore; name: --paths has the identities themselves, as `gallery embed --centroids` writes "
            + "them. Default: name for such a file or where no path has a folder, else folder. It is said which.",
        HelpName = "RULE",
    };

    private readonly Option<string?> _root = new("--root")
    {
        Description =
            "With --vectors: the folder whose folders are the identities, as the paths begin. Default: what `gallery "
            + "embed` noted beside the paths, else the deepest folder that all paths share.",
        HelpName = "DIR",
    };

    private readonly FolderChoice _folder = new();

    private readonly LayoutChoice _layout = new();

    private readonly Option<string?> _split = new("--split")
    {
        Description =
            "With a layout that has parts: which one is enrolled. Default: gallery; all images of a manifest that "
            + "names no parts.",
        HelpName = "gallery|query|train",
    };

    private readonly Option<string?> _facet = new("--facet")
    {
        Description =
            "The condition these images were taken under, for example a camera id, where a layout names none. "
            + "Default: none.",
        HelpName = "FACET",
    };

    public IngestCommand()
        : base(
            "ingest",
            "Enrol the images of a folder. Files that cannot be read or are no images are reported and the rest goes "
            + "on (exit code 1 then). Run it again to go on after an interruption: what is enrolled is a duplicate.")
    {
        _split.AcceptOnlyFromAmong(LayoutImages.Splits);
        _identity.AcceptOnlyFromAmong(VectorRows.Rules);
        Add(_gallery);
        Add(_path);
        Add(_vectors);
        Add(_paths);
        Add(_identity);
        Add(_root);
        Array.ForEach(_folder.Options, Add);
        Array.ForEach(_layout.Options, Add);
        Add(_split);
        Add(_facet);
        Validators.Add(Check);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        IIngestSource images = SourceOf(arguments);
        IngestTally tally = new(gallery, images.Count + images.LeftOut.Count);
        foreach (string note in images.Notes)
        {
            await output.Error.WriteLineAsync(note);
        }

        IngestRun run = new(client, tally, output);
        foreach (IngestFailure left in images.LeftOut)
        {
            run.Report(left.File, left.Code, left.Message);
        }

        return await run.StreamAsync(
            images.ReadAsync(
                arguments.GetValue(_facet),
                (file, message) => run.Report(file, "unreadable", message),
                cancellationToken),
            seq => images.NameOf((int)seq),
            cancellationToken);
    }

    private void Check(CommandResult result)
    {
        if (result.GetValue(_path) is null == result.GetValue(_vectors) is null
            || result.GetValue(_vectors) is null != result.GetValue(_paths) is null)
        {
            result.AddError("Give either a PATH, or --vectors and --paths.");
        }

        _layout.Check(result, _folder);
        string layout = _layout.NameOf(result);
        if (layout == LayoutChoice.Folders && result.GetValue(_split) is not null)
        {
            result.AddError("--split has no effect: --layout folders has no parts.");
        }

        if (layout is not (LayoutChoice.Folders or LayoutChoice.Manifest) && result.GetValue(_facet) is not null)
        {
            result.AddError($"--facet has no effect: --layout {layout} names each image's own.");
        }
    }

    private IIngestSource SourceOf(ParseResult arguments) => arguments.GetValue(_path) switch
    {
        null => VectorRows.Read(
            arguments.GetRequiredValue(_vectors)!,
            arguments.GetRequiredValue(_paths)!,
            arguments.GetValue(_identity),
            arguments.GetValue(_root)),
        { } path when _layout.Of(arguments, path) is { Source: not DataSourceKind.Folders } data =>
            LayoutImages.Open(data, arguments.GetValue(_split), _folder.Of(arguments)),
        { } path => FolderImages.Find(path, _folder.Of(arguments)),
    };
}
