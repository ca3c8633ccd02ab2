using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery create</c>.</summary>
internal sealed class CreateCommand : ClientCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The new gallery's name." };

    private readonly Option<int?> _dimension = NumberOption.Maybe<int>(
        "--dimension", "Components of an embedding, for a gallery that takes vectors. With --model: the model's.");

    private readonly Option<int?> _partitions = NumberOption.Maybe<int>(
        "--partitions",
        "How many partitions hold the identities, for the gallery's whole life. Default: 64.",
        help: "P");

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model that embeds images; 'default' is the service's own. Taken where neither --model nor "
            + "--dimension is given.",
        HelpName = "ID",
    };

    private readonly Option<bool> _normalizeFirst = new("--normalize-first")
    {
        Description = "L2-normalise each embedding before it is stored and summed.",
    };

    private readonly Option<double?> _threshold = NumberOption.Maybe<double>(
        "--threshold",
        "The score below which the best match counts as unknown, -1 to 1. Default: none.",
        help: "SCORE");

    private readonly Option<double> _margin = NumberOption.Of(
        "--margin", "The lead over the second best below which a decision is ambiguous.", 0d, help: "LEAD");

    private readonly Option<string> _transparency = new("--transparency")
    {
        Description = "What becomes of transparent parts of images: composed on white or on a colour (#rrggbb), or "
            + "dropped: shown as if they were opaque. Default: white.",
        HelpName = "white|drop|#rrggbb",
        DefaultValueFactory = _ => new GallerySettings().Transparency,
    };

    private readonly Option<PictureKeep?> _keep = ChoiceOption.Maybe<PictureKeep>(
        "--keep",
        "What is kept of each image to be looked at: nothing, a thumbnail, or the original file too (of at most "
        + "3 MiB). Default: thumbnail with a model, else none.");

    private readonly ThresholdOptions _thresholds = new("the gallery's threshold and margin", "--join-margin");

    private readonly Option<int?> _promote = NumberOption.Maybe<int>(
        "--promote", "With how many images a provisional identity is one as any other. Default: 3.",
        new NumberRange<int>(1, ObserveSettings.MaxPromoteImages));

    private readonly Option<double?> _dissolve = NumberOption.Maybe<double>(
        "--dissolve-after",
        "After how many days without another image a provisional identity is dissolved. Default: never.",
        help: "DAYS");

    public CreateCommand()
        : base("create", "Create a gallery for images (with a model) or for vectors (with a dimension).")
    {
        Add(_name);
        Add(_dimension);
        Add(_partitions);
        Add(_model);
        Add(_normalizeFirst);
        Add(_threshold);
        Add(_margin);
        Add(_transparency);
        Add(_keep);
        Array.ForEach(_thresholds.Options, Add);
        Add(_promote);
        Add(_dissolve);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        int? dimension = arguments.GetValue(_dimension);
        GalleryResponse gallery = await client.CreateGalleryAsync(
            new CreateGalleryRequest
            {
                Name = arguments.GetRequiredValue(_name),
                Dimension = dimension,
                Partitions = arguments.GetValue(_partitions),
                Model = arguments.GetValue(_model) ?? (dimension is null ? "default" : null),
                NormalizeFirst = arguments.GetValue(_normalizeFirst),
                Threshold = arguments.GetValue(_threshold),
                Margin = arguments.GetValue(_margin),
                Transparency = arguments.GetRequiredValue(_transparency),
                Keep = arguments.GetValue(_keep),
                Observe = ObserveOf(arguments),
            },
            cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(gallery);
        }
        else
        {
            output.WriteLine(
                $"Created '{gallery.Name}': {gallery.Dimension} dimensions, {gallery.Partitions} partitions, "
                + (gallery.Model is null ? "vectors only."
                    : $"model {gallery.Model}, keeps {KeptText.Of(gallery.Keep)} of images."));
        }

        return CommandLine.Done;
    }

    // Null where nothing is said of it, so that older programs read the gallery too.
    private ObserveSettings? ObserveOf(ParseResult arguments)
    {
        (double? join, double? found, double? margin) = _thresholds.Of(arguments);
        ObserveSettings settings = new()
        {
            JoinThreshold = join,
            FoundThreshold = found,
            Margin = margin,
            PromoteImages = arguments.GetValue(_promote) ?? new ObserveSettings().PromoteImages,
            DissolveAfterDays = arguments.GetValue(_dissolve),
        };
        return settings == new ObserveSettings() ? null : settings;
    }
}
