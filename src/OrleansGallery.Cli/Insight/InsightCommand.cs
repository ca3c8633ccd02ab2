using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery insight</c>: why an identity scores as it does.</summary>
internal sealed class InsightCommand : ClientCommand
{
    private const int Page = 1_000;

    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _identity = new("IDENTITY") { Description = "One of its identities." };

    private readonly Option<string?> _against = new("--against")
    {
        Description =
            "Explain the score of this other identity's centroid, image by image. Default: the identity's own.",
        HelpName = "IDENTITY",
    };

    private readonly Option<int> _worst = NumberOption.Of(
        "--worst", "How many images to show: those that are least like the identity's others.", 10, new(0));

    private readonly Option<int> _similar = NumberOption.Of(
        "--similar", "How many other identities to show: those nearest to this one.", 5, new(0, 100));

    public InsightCommand()
        : base(
            "insight",
            "Show which images are unlike an identity's others, what each contributes to its score, and who is easily "
            + "taken for it. With --json all images are in it.")
    {
        Add(_gallery);
        Add(_identity);
        Add(_against);
        Add(_worst);
        Add(_similar);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        InsightResponse insight = await ReadAsync(client, arguments, cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(insight);
        }
        else
        {
            Write(insight, arguments.GetValue(_worst), output);
        }

        return CommandLine.Done;
    }

    private async Task<InsightResponse> ReadAsync(
        GalleryClient client, ParseResult arguments, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        string identity = arguments.GetRequiredValue(_identity);
        string? against = arguments.GetValue(_against);
        InsightResponse first = await client.GetInsightAsync(
            gallery, identity, against, null, Page, arguments.GetValue(_similar), cancellationToken);
        List<ImageInsightResponse> images = [.. first.Images];
        for (string? next = first.Next; next is not null;)
        {
            InsightResponse page = await client.GetInsightAsync(
                gallery, identity, against, next, Page, cancellationToken: cancellationToken);
            if (page.Version != first.Version)
            {
                throw new InvalidDataException(
                    $"Identity '{identity}' changed from version {first.Version} to {page.Version} while it was read; "
                    + "run the command again.");
            }

            images.AddRange(page.Images);
            next = page.Next;
        }

        return first with { Images = images, Next = null };
    }

    private static void Write(InsightResponse insight, int worst, CommandOutput output)
    {
        output.WriteFields(
            ("identity", insight.Identity),
            ("images", Figures.Count(insight.Count)),
            ("dispersion", Shown(insight.Dispersion)),
            (insight.Against is { } against ? $"score of {against}" : "score of itself", Shown(insight.Score)));
        if (worst > 0)
        {
            output.WriteTable(
                ["image", "facet", "against the others", "against all", "contribution"],
                insight.Images.OrderBy(image => image.ScoreWithout ?? 2).Take(worst)
                    .Select(image => (IReadOnlyList<string>)
                    [
                        image.ImageId, image.Facet.Length == 0 ? "-" : image.Facet, Shown(image.ScoreWithout),
                        Shown(image.Score), Shown(image.Contribution),
                    ]));
        }

        if (insight.Similar.Count > 0)
        {
            output.WriteTable(
                ["taken for", "score", "images"],
                insight.Similar.Select(match => (IReadOnlyList<string>)
                [
                    match.Identity, Figures.Score(match.Score), match.Count.ToString(CultureInfo.InvariantCulture),
                ]));
        }
    }

    private static string Shown(double? score) => score is { } value ? Figures.Score(value) : "-";
}
