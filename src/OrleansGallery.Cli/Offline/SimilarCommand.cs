using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery similar</c>: ranked lists from what <c>gallery embed</c> wrote.</summary>
internal sealed class SimilarCommand : Command
{
    private readonly Option<string> _gallery = new("--gallery")
    {
        Description = "What is searched: a folder that `gallery embed` wrote.", HelpName = "DIR", Required = true,
    };

    private readonly Option<string> _queries = new("--queries")
    {
        Description =
            "What is searched for: an image or a folder of images, embedded like the gallery; or another folder that "
            + "`gallery embed` wrote.",
        HelpName = "PATH",
        Required = true,
    };

    private readonly Option<int> _top = NumberOption.Of(
        "--top", "How many per query at most; 0: all.", 100, new(0), "K");

    private readonly Option<bool> _normalize = new("--normalize") { Description = "L2-normalise all vectors first." };

    private readonly Option<string> _distance = new("--distance")
    {
        Description = "euclidean: the squared distance; cosine: |1 - cosine|.", DefaultValueFactory = _ => "euclidean",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Where the ranked lists go, as JSON. Default: standard output.", HelpName = "FILE.json",
    };

    private readonly Option<string?> _checkpoint = ModelOptions.Checkpoint("the model that embedded the gallery");
    private readonly Option<string> _models = ModelOptions.Models();
    private readonly Option<string> _device = ModelOptions.Device();
    private readonly Option<string> _precision = ModelOptions.Precision();
    private readonly FolderChoice _folder = new();

    public SimilarCommand()
        : base("similar", "Rank embedded images, or centroids, by their distance to queries. No server is needed.")
    {
        _distance.AcceptOnlyFromAmong("euclidean", "cosine");
        foreach (Option option in (Option[])[_gallery, _queries, _top, _normalize, _distance, _out, _checkpoint,
            _models, _device, _precision, .. _folder.Options])
        {
            Add(option);
        }

        SetAction(
            (arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
    }

    private int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        string folder = arguments.GetRequiredValue(_gallery);
        string distance = arguments.GetRequiredValue(_distance);
        EmbeddingSet gallery = EmbeddingSet.Read(folder);
        SimilarDocument document = new()
        {
            Gallery = folder,
            Distance = distance,
            Normalize = arguments.GetValue(_normalize),
            Results = SimilarRanking.Rank(
                gallery,
                Queries(arguments, folder, output, cancellationToken),
                distance == "cosine" ? SimilarDistance.Cosine : SimilarDistance.Euclidean,
                arguments.GetValue(_normalize),
                arguments.GetValue(_top)),
        };
        if (arguments.GetValue(_out) is { } file)
        {
            File.WriteAllText(file, CommandOutput.ToJson(document));
            output.Error.WriteLine($"{Figures.Count(document.Results.Count)} ranked lists in {file}.");
        }

        if (output.IsJson || arguments.GetValue(_out) is null)
        {
            output.WriteJson(document);
        }

        return CommandLine.Done;
    }

    private EmbeddingSet Queries(
        ParseResult arguments, string gallery, CommandOutput output, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(_queries);
        EmbeddingOrigin? origin = EmbeddingOrigin.Read(gallery);
        if (File.Exists(Path.Combine(path, EmbeddingSet.EmbeddingsFile)))
        {
            EmbeddingOrigin? other = EmbeddingOrigin.Read(path);
            return origin is null || other is null || origin.Model == other.Model
                ? EmbeddingSet.Read(path)
                : throw new InvalidDataException(
                    $"'{gallery}' was embedded by {origin.Model}, '{path}' by {other.Model}; their vectors cannot "
                    + "be compared.");
        }

        string checkpoint = arguments.GetValue(_checkpoint) ?? origin?.Checkpoint ?? throw new InvalidDataException(
            $"'{gallery}' does not say which model embedded it; name it with --checkpoint.");
        ImageFiles files = ImageFiles.Find(path, _folder.Of(arguments));
        if (files.Folder is { } found)
        {
            FolderChoice.Tell(found, output);
        }

        using EmbeddingModel model = ModelOptions.Load(
            arguments.GetRequiredValue(_models), checkpoint, arguments.GetRequiredValue(_device),
            arguments.GetRequiredValue(_precision), output);
        if (origin is not null && origin.Model != model.Description.Id)
        {
            throw new InvalidDataException(
                $"'{gallery}' was embedded by {origin.Model}; '{checkpoint}' is {model.Description.Id}. Their "
                + "vectors cannot be compared.");
        }

        return OfflineImages.Embed(model, files.Paths, null, output, cancellationToken);
    }
}
