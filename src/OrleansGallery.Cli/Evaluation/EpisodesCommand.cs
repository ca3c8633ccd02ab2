using System.CommandLine;
using System.Globalization;
using OrleansGallery.Inference;
using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary><c>gallery episodes</c>: few-shot recognition by centroid on a configuration's test images.</summary>
internal sealed class EpisodesCommand : Command
{
    private readonly Argument<string> _config = new("CONFIG")
    {
        Description = "A training configuration (JSON); its test images, gallery and queries alike, are drawn from.",
    };

    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description =
            "The model (.safetensors). Default: the configuration's own in the folder gallery-training of the working "
            + "directory.",
        HelpName = "FILE",
    };

    private readonly Option<int> _episodes = NumberOption.Of("--episodes", "Episodes.", 1000, new(1));
    private readonly Option<int> _ways = NumberOption.Of("--ways", "Identities of an episode.", 20, new(2));
    private readonly Option<int> _queries = NumberOption.Of(
        "--queries-per-identity", "Images of each identity that are searched for.", 5, new(1));
    private readonly Option<int> _seed = NumberOption.Of("--seed", "Where chance starts.", 1, new(0));
    private readonly Option<int[]> _shots = NumberOption.List(
        "--shots", "Images behind a centroid, one or several numbers: 1,5.", [1, 5], new(1));

    public EpisodesCommand()
        : base("episodes",
            "Few-shot accuracy without a server: of a few identities, each by the centroid of a few images, which one "
            + "is nearest to an unseen image? Mean and 95 % interval over seeded episodes.")
    {
        Add(_config);
        foreach (Option option in (Option[])[_checkpoint, _episodes, _ways, _shots, _queries, _seed])
        {
            Add(option);
        }

        SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken)));
    }

    private int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        string config = arguments.GetRequiredValue(_config);
        if (!ConfigurationFile.TryLoad(config, output, out TrainingOptions? options))
        {
            return CommandLine.WrongUsage;
        }

        string checkpoint = arguments.GetValue(_checkpoint)
            ?? Path.Combine("gallery-training", options.Name, "model.safetensors");
        using EmbeddingModel model = EmbeddingModel.Load(checkpoint);
        output.Error.WriteLine($"Embedding the test images of {options.Name} with {model.Description.Id} ...");
        EpisodeImages images = EpisodeImages.Embed(
            options, Path.GetDirectoryName(Path.GetFullPath(config))!, model, cancellationToken);
        EpisodesDocument document = new()
        {
            Model = model.Description.Id,
            Identities = images.Labels.Distinct().Count(),
            Images = images.Labels.Count,
            Seed = arguments.GetValue(_seed),
            Results =
            [
                .. from shots in arguments.GetValue(_shots)!
                   from distance in new[] { EvaluationDistance.Cosine, EvaluationDistance.Euclidean }
                   select EpisodeEvaluation.Run(
                       images.Embeddings, images.Labels, Episodes(arguments, shots, distance), cancellationToken),
            ],
        };
        Write(document, output);
        return CommandLine.Done;
    }

    private EpisodeOptions Episodes(ParseResult arguments, int shots, EvaluationDistance distance) => new()
    {
        Ways = arguments.GetValue(_ways),
        Shots = shots,
        QueriesPerIdentity = arguments.GetValue(_queries),
        Episodes = arguments.GetValue(_episodes),
        Seed = arguments.GetValue(_seed),
        Distance = distance,
    };

    private static void Write(EpisodesDocument document, CommandOutput output)
    {
        if (output.IsJson)
        {
            output.WriteJson(document);
            return;
        }

        output.WriteFields(
            ("model", document.Model),
            ("identities", Figures.Count(document.Identities)),
            ("images", Figures.Count(document.Images)),
            ("seed", Figures.Count(document.Seed)));
        output.WriteTable(
            ["episodes", "ways", "shots", "queries", "nearest by", "accuracy %", "95 % interval"],
            document.Results.Select(result => (IReadOnlyList<string>)
            [
                Figures.Count(result.Episodes), Figures.Count(result.Ways), Figures.Count(result.Shots),
                Figures.Count(result.Queries), result.Distance.ToString().ToLowerInvariant(),
                Percent(result.Accuracy), $"+- {Percent(result.Interval)}",
            ]));
    }

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);
}
