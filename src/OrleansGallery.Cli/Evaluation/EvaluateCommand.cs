using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Inference;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary><c>gallery evaluate</c>: retrieval quality of embeddings, or of a model on images.</summary>
internal sealed class EvaluateCommand : Command
{
    private readonly Option<string?> _embeddings = Text(
        "--embeddings", "Raw embeddings (.npy, float32), queries first.");
    private readonly Option<string?> _labels = Text("--labels", "Each row's identity (.npy, int64).");
    private readonly Option<string?> _facets = Text(
        "--facets", "Each row's camera (.npy, int64). Default: queries 0, gallery 1.");
    private readonly Option<int?> _queries = new(
        "--queries") { Description = "How many rows are queries.", HelpName = "N" };
    private readonly Option<string?> _gallerySet = Folder(
        "--gallery-set", "The gallery's embeddings, as gallery embed wrote them.");
    private readonly Option<string?> _querySet = Folder(
        "--query-set", "The queries' embeddings, as gallery embed wrote them.");
    private readonly Option<string> _identities = Choice(
        "--identities", "How a path of these sets says whose image it is.", "folder", "prefix");
    private readonly Option<string?> _checkpoint = ModelOptions.Checkpoint("none");
    private readonly Option<string> _models = ModelOptions.Models();
    private readonly Option<string> _device = ModelOptions.Device();
    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "The data set: a folder (folders: gallery/IDENTITY/* and query/IDENTITY/*), or a manifest's file; the "
            + "catalogue has none.",
        HelpName = "PATH",
    };

    private readonly Option<string> _layout = Choice("--layout", "How --data is laid out.",
        "folders", "market1501", "dukeMtmcReId", "coco", "manifest", "omniglot", "catalogue");
    private readonly Option<string?> _trainJson = Text(
        "--train-json", "coco: the train file; query and gallery are the paths with \"train\" replaced.");
    private readonly Option<int> _galleryImages = new("--gallery-images")
    {
        Description = "omniglot, catalogue: how many images of an identity are enrolled; the others are queries.",
        HelpName = "N",
        DefaultValueFactory = _ => new DataOptions().GalleryImages,
    };

    private readonly Option<string?> _grid = Text(
        "--grid", "Draw the worst and the best queries with what they found into this PNG file; images only.");
    private readonly Option<string?> _protocol = new("--protocol")
    {
        Description =
            "Which items a query is compared with. reid: not with its own identity's images of its own camera; fashion: "
            + "with all. Default: reid for arrays, market1501, dukeMtmcReId and manifests with facets, else fashion.",
        HelpName = "reid|fashion",
    };

    private readonly Option<string> _distance = Choice(
        "--distance", "By what items are ranked.", "euclidean", "cosine");
    private readonly Option<bool> _raw = new("--no-normalize") { Description = "Compare raw vectors." };
    private readonly Option<bool> _compatible = new("--reference-compatible")
    {
        Description =
            "Reproduce the published code's defect: it reads gallery images' cameras from the queries' places, so "
            + "that same-camera images get into centroids and the results are too good.",
    };

    public EvaluateCommand()
        : base("evaluate",
            "Rank-k, mAP, mINP and open-set misses by single images and by centroids, without a server: of "
            + "arrays (--embeddings --labels --queries), of embedded sets (--gallery-set --query-set), or of a model on "
            + "images (--checkpoint --data).")
    {
        _protocol.AcceptOnlyFromAmong("reid", "fashion");
        foreach (Option option in (Option[])[_embeddings, _labels, _facets, _queries, _gallerySet,
            _querySet, _identities, _checkpoint, _models, _device,
            _data, _layout, _trainJson, _galleryImages, _grid, _protocol, _distance, _raw, _compatible])
        {
            Add(option);
        }

        Validators.Add(Check);
        SetAction((arguments, cancellationToken) => Task.Run(() => Evaluate(arguments, cancellationToken)));
    }

    private void Check(CommandResult result)
    {
        bool sets = result.GetValue(_gallerySet) is not null || result.GetValue(_querySet) is not null;
        bool arrays = result.GetValue(_embeddings) is not null || sets;
        string? layout = result.GetValue(_layout);
        bool drawn = layout == "catalogue";
        bool images = result.GetValue(_checkpoint) is not null || result.GetValue(_data) is not null;
        string? error = (arrays, images) switch
        {
            (true, true) or (false, false) =>
                "Give either --embeddings, --labels and --queries, or --gallery-set and --query-set, or --checkpoint and "
                + "--data.",
            (true, _) when sets => Missing(result),
            (true, _) when result.GetValue(_labels) is null || result.GetValue(_queries) is null =>
                "--embeddings needs --labels and --queries.",
            (true, _) when result.GetValue(_grid) is not null =>
                "--grid shows images, and arrays have none: give --checkpoint and --data.",
            (_, true) when result.GetValue(_checkpoint) is null || (result.GetValue(_data) is null && !drawn) =>
                "--checkpoint and --data go together; only --layout catalogue has no --data.",
            (_, true) when layout == "coco" && result.GetValue(_trainJson) is null =>
                "--layout coco needs --train-json.",
            (_, true) when result.GetResult(_galleryImages) is { Implicit: false } && result.GetValue(_galleryImages) < 1 =>
                "--gallery-images must be at least 1.",
            _ => null,
        };
        if (error is not null)
        {
            result.AddError(error);
        }
    }

    private string? Missing(CommandResult result) =>
        (result.GetValue(_gallerySet), result.GetValue(_querySet), result.GetValue(_embeddings)) switch
        {
            (_, _, not null) => "Give either --embeddings or --gallery-set and --query-set.",
            (null, _, _) or (_, null, _) => "--gallery-set and --query-set go together.",
            _ when result.GetValue(_grid) is not null => "--grid shows images: give --checkpoint and --data.",
            _ => null,
        };

    private int Evaluate(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        if (arguments.GetValue(_embeddings) is not null)
        {
            EvaluationOptions options = OptionsOf(arguments, facets: true);
            Write(Load(arguments), options, output, cancellationToken);
            return CommandLine.Done;
        }

        if (arguments.GetValue(_gallerySet) is { } gallery)
        {
            IdentityRule rule = Enum.Parse<IdentityRule>(arguments.GetRequiredValue(_identities), ignoreCase: true);
            EvaluationData data = EmbeddedEvaluation.Read(arguments.GetValue(_querySet)!, gallery, rule);
            Write(data, OptionsOf(arguments, facets: false), output, cancellationToken);
            return CommandLine.Done;
        }

        string? grid = arguments.GetValue(_grid);
        using EmbeddingModel model = ModelOptions.Load(
            arguments.GetRequiredValue(_models), arguments.GetValue(_checkpoint)!, arguments.GetRequiredValue(_device),
            output);
        using EvaluatedSet set = EvaluatedSet.Open(DataOf(arguments), model.Description, output);
        EvaluationImages images = set.Embed(model, output, cancellationToken);
        EvaluationOptions chosen = OptionsOf(arguments, set.HasFacets);
        EvaluationReport report = Write(images.Data, chosen, output, cancellationToken);
        return grid is null || EvaluatedSet.Draw(grid, images, report, chosen, output)
            ? CommandLine.Done
            : CommandLine.Failed;
    }

    private static EvaluationReport Write(
        EvaluationData data, EvaluationOptions options, CommandOutput output, CancellationToken cancellationToken)
    {
        EvaluationReport report = RetrievalEvaluation.Run(data, options, cancellationToken);
        EvaluationDocument document = EvaluationDocument.Of(report, options, data.Queries);
        if (output.IsJson)
        {
            output.WriteJson(document);
        }
        else
        {
            document.WriteTable(output);
        }

        return report;
    }

    private EvaluationOptions OptionsOf(ParseResult arguments, bool facets) => new()
    {
        Protocol = (arguments.GetValue(_protocol) ?? (facets ? "reid" : "fashion")) == "reid"
            ? EvaluationProtocol.Reid
            : EvaluationProtocol.Fashion,
        Distance = arguments.GetValue(_distance) == "cosine"
            ? EvaluationDistance.Cosine
            : EvaluationDistance.Euclidean,
        Normalize = !arguments.GetValue(_raw),
        ReferenceCompatible = arguments.GetValue(_compatible),
    };

    private DataOptions DataOf(ParseResult arguments) => new()
    {
        Source = Enum.Parse<DataSourceKind>(arguments.GetRequiredValue(_layout), ignoreCase: true),
        Path = arguments.GetValue(_data) ?? string.Empty,
        TrainJson = arguments.GetValue(_trainJson) ?? string.Empty,
        GalleryImages = arguments.GetValue(_galleryImages),
    };

    private EvaluationData Load(ParseResult arguments)
    {
        NpyArray<float> embeddings = NpyFile.Read<float>(arguments.GetRequiredValue(_embeddings)!);
        if (embeddings.Shape.Count != 2)
        {
            throw new InvalidDataException($"The embeddings have {embeddings.Shape.Count} axes; they must have 2.");
        }

        long[] labels = [.. NpyFile.Read<long>(arguments.GetRequiredValue(_labels)!).Values];
        int queries = arguments.GetRequiredValue(_queries)!.Value;
        long[] facets = arguments.GetValue(_facets) is { } file
            ? [.. NpyFile.Read<long>(file).Values]
            : [.. labels.Select((_, row) => row < queries ? 0L : 1L)];
        try
        {
            return new EvaluationData([.. embeddings.Values], (int)embeddings.Shape[1], labels, facets, queries);
        }
        catch (Exception error) when (error is ArgumentException or EmbeddingException)
        {
            throw new InvalidDataException(error.Message);
        }
    }

    private static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };

    private static Option<string?> Folder(string name, string description) =>
        new(name) { Description = description, HelpName = "DIR" };

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => values[0] };
        return option.AcceptOnlyFromAmong(values);
    }
}
