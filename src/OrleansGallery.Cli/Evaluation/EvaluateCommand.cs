using System.CommandLine;
using System.Globalization;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
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
    private readonly Option<string?> _checkpoint = Text("--checkpoint", "A model (.safetensors), or default.");
    private readonly Option<string?> _data = Text("--data", "A folder with gallery/IDENTITY/* and query/IDENTITY/*.");
    private readonly Option<string> _layout = Choice("--layout", "How --data is laid out.", "folders");
    private readonly Option<string> _protocol = Choice(
        "--protocol", "Which items a query is compared with.", "reid", "fashion");
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
            + "arrays (--embeddings --labels --queries), or of a model on images (--checkpoint --data).")
    {
        foreach (Option option in (Option[])[_embeddings, _labels, _facets, _queries, _checkpoint, _data, _layout,
            _protocol, _distance, _raw, _compatible])
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            bool arrays = result.GetValue(_embeddings) is not null;
            bool images = result.GetValue(_checkpoint) is not null || result.GetValue(_data) is not null;
            if (arrays == images)
            {
                result.AddError("Give either --embeddings, --labels and --queries, or --checkpoint and --data.");
            }
            else if (arrays && (result.GetValue(_labels) is null || result.GetValue(_queries) is null))
            {
                result.AddError("--embeddings needs --labels and --queries.");
            }
            else if (images && (result.GetValue(_checkpoint) is null || result.GetValue(_data) is null))
            {
                result.AddError("--checkpoint and --data go together.");
            }
        });
        SetAction((arguments, cancellationToken) => Task.Run(() => Evaluate(arguments, cancellationToken)));
    }

    private int Evaluate(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        bool images = arguments.GetValue(_data) is not null;
        EvaluationOptions options = new()
        {
            // Folders know no cameras: every image of the identity counts.
            Protocol = arguments.GetValue(_protocol) == "reid" && !images
                ? EvaluationProtocol.Reid
                : EvaluationProtocol.Fashion,
            Distance = arguments.GetValue(_distance) == "cosine"
                ? EvaluationDistance.Cosine
                : EvaluationDistance.Euclidean,
            Normalize = !arguments.GetValue(_raw),
            ReferenceCompatible = arguments.GetValue(_compatible),
        };
        EvaluationData data = images ? Embed(arguments, output, cancellationToken) : Load(arguments);
        EvaluationReport report = RetrievalEvaluation.Run(data, options, cancellationToken);
        EvaluationDocument document = EvaluationDocument.Of(report, options);
        if (output.IsJson)
        {
            output.WriteJson(document);
        }
        else
        {
            Write(document, output);
        }

        return CommandLine.Done;
    }

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

    private EvaluationData Embed(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        EvaluationFolders folders = EvaluationFolders.Find(arguments.GetRequiredValue(_data)!);
        foreach (string identity in folders.IdentitiesWithoutGallery)
        {
            output.Error.WriteLine($"'{identity}' is searched for and has no gallery image; its queries do not count.");
        }

        string checkpoint = arguments.GetRequiredValue(_checkpoint)!;
        using EmbeddingModel model = EmbeddingModel.Load(checkpoint == "default"
            ? DefaultModel.EnsureCreated(Path.Combine(Path.GetTempPath(), "gallery-models"))
            : checkpoint);
        output.Error.WriteLine($"Embedding {folders.Images} images with {model.Description.Id} ...");
        return folders.Embed(
            model,
            ImageDecoders.Create(new ImagingOptions()),
            (file, reason) => output.Error.WriteLine($"{file}: {reason}"),
            static _ => { },
            cancellationToken);
    }

    private static void Write(EvaluationDocument document, CommandOutput output)
    {
        output.WriteTable(
            ["search by", "rank-1", "rank-5", "rank-10", "mAP", "mINP", "FNIR@FPIR 10 %", "queries", "vectors", "bytes",
                "ms/query"],
            [Row("single image", document.Instance), Row("centroid", document.Centroid)]);
        output.WriteLine("Identities without a query, the other way round (single image: dropped):");
        output.WriteTable(
            ["search by", "rank-1", "mAP", "vectors"],
            [Short("single image", document.InstanceDropped), Short("centroid", document.CentroidOther)]);
        output.WriteLine("A centroid uses the gallery's identity labels; its mAP is no instance mAP of other papers.");
    }

    private static IReadOnlyList<string> Row(string name, ModeDocument mode) =>
    [
        name, Share(mode.Rank1), Share(mode.Rank5), Share(mode.Rank10), Share(mode.MeanAveragePrecision),
        Share(mode.MeanInverseNegativePenalty), Share(mode.FnirAtFpir10), Figures.Count(mode.Queries),
        Figures.Count(mode.Gallery), Figures.Count(mode.Bytes),
        mode.SearchMs.ToString("0.000", CultureInfo.InvariantCulture),
    ];

    private static IReadOnlyList<string> Short(string name, ModeDocument mode) =>
        [name, Share(mode.Rank1), Share(mode.MeanAveragePrecision), Figures.Count(mode.Gallery)];

    private static string Share(double? value) => value?.ToString("P1", CultureInfo.InvariantCulture) ?? "-";

    private static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => values[0] };
        return option.AcceptOnlyFromAmong(values);
    }
}
