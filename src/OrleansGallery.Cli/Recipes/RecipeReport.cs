using System.Globalization;
using System.Text;
using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>What a recipe came to, as Markdown: data, training, and the figures beside the paper's.</summary>
internal static class RecipeReport
{
    private static readonly string[] Columns =
    [
        "figures", "search by", "mAP", "rank-1", "rank-5", "rank-10", "rank-20", "rank-50", "source",
    ];

    /// <summary>The figures of this run beside others' of the same model, then those of other models on the data set,
    /// as tables; what a source does not say is left empty.</summary>
    public static string Tables(PaperRecipe recipe, RecipeDocument done)
    {
        StringBuilder text = new(Own(recipe, done));
        if (recipe.Figures.Count == 0)
        {
            text.AppendLine().AppendLine("No figure of this recipe is known.");
        }

        if (recipe.OtherFigures.Count > 0)
        {
            text.AppendLine().AppendLine("Of other models on this data set, not to be compared with this run:");
            text.AppendLine().Append(
                CommandOutput.MarkdownTable([.. Columns, "recipe"], recipe.OtherFigures.Select(figure => (string[])
                    [.. Published(figure), figure.Recipe])));
        }

        return text.ToString();
    }

    private static string Own(PaperRecipe recipe, RecipeDocument done) => CommandOutput.MarkdownTable(
        Columns,
        [
            Measured("this run", "single image", done.Evaluation.Instance!),
            Measured("this run", "centroid", done.Evaluation.Centroid),
            .. done.ReferenceCentroid is { } reference
                ? [Measured("this run, cameras as the published code reads them", "centroid", reference)]
                : Array.Empty<string[]>(),
            .. recipe.Figures.Select(Published),
        ]);

    /// <summary>The whole report.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">What was trained.</param>
    /// <param name="done">What came of it.</param>
    /// <param name="now">When.</param>
    public static string Of(PaperRecipe recipe, TrainingOptions options, RecipeDocument done, DateTimeOffset now)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {recipe.Name}").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture, $"Written by `gallery recipe {recipe.Name}`, {Figures.Time(now)}.");
        text.AppendLine();
        text.AppendLine("## Figures").AppendLine();
        text.Append(Tables(recipe, done)).AppendLine();
        foreach (string note in Notes(recipe, done))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {note}");
        }

        text.AppendLine().AppendLine("## Data").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{done.Conversion.What}.").AppendLine();
        text.Append(CommandOutput.MarkdownTable(
            ["part", "images", "identities"], ConversionText.Rows(done.Conversion.Parts))).AppendLine();
        text.Append(CommandOutput.MarkdownTable(
            ["in the download", "found", "published"], ConversionText.Rows(done.Conversion.Counts))).AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Missing or unreadable, left out: {Figures.Count(done.Conversion.Unreadable.Count)}.");
        text.AppendLine().AppendLine("## Training").AppendLine();
        text.Append(CommandOutput.MarkdownTable(["", ""], Training(options, done.Training)));
        return text.ToString();
    }

    private static IEnumerable<string> Notes(PaperRecipe recipe, RecipeDocument done)
    {
        if (done.Departure is { } departure)
        {
            yield return departure;
        }

        if (DataSetConversion.MakesImages(recipe.DataSet))
        {
            yield return "The published scripts shrink images with a Lanczos filter; here a bicubic one stands for it.";
        }

        yield return $"Protocol {done.Evaluation.Protocol}; {Figures.Count(done.Evaluation.Instance!.Queries)} queries "
            + $"count, {Figures.Count(done.Evaluation.Instance.QueriesWithoutMatch)} have nothing to find. "
            + $"A query is compared with {Figures.Count(done.Evaluation.Instance.Gallery)} images or "
            + $"{Figures.Count(done.Evaluation.Centroid.Gallery)} centroids.";
        yield return "A centroid uses the gallery's identity labels; its mAP is no single-image mAP of other papers.";
        if (done.ReferenceCentroid is not null)
        {
            yield return "The published code reads gallery images' cameras from the queries' places, so that images of "
                + "a query's own camera get into centroids. Its centroid figures are too good, and so are the paper's; "
                + "the row that does the same is for comparison only.";
        }

        yield return "The paper's whole table could not be had: its rows are quoted by others, and what they leave out "
            + "is left empty.";
    }

    private static IEnumerable<string[]> Training(TrainingOptions options, TrainingResult result)
    {
        NetworkOptions network = options.Network;
        yield return ["network", $"{network.Architecture}, {network.Height} x {network.Width} (height x width)"];
        yield return ["started from", network.InitialCheckpoint ?? "random weights"];
        yield return ["epochs, steps", $"{Figures.Count(result.Epochs)}, {Figures.Count(result.Steps)}"];
        yield return
        [
            "identities x images per batch", $"{options.Sampler.Identities} x {options.Sampler.Images}",
        ];
        yield return
        [
            "trained on", $"{Figures.Count(result.Identities)} identities, {Figures.Count(result.Images)} images",
        ];
        yield return ["last loss", result.Loss is { } loss ? Figures.Score(loss) : "-"];
        yield return ["device", options.Runtime.Device];
        yield return ["time", Figures.Duration(TimeSpan.FromSeconds(result.Seconds))];
        yield return ["model", Path.GetFileName(result.Model)];
    }

    private static string[] Published(PaperFigure figure) =>
    [
        figure.Whose, figure.SearchBy, Share(figure.Map), Share(figure.Rank1), Share(figure.Rank5),
        Share(figure.Rank10), Share(figure.Rank20), Share(figure.Rank50), figure.Source,
    ];

    private static string[] Measured(string whose, string by, ModeDocument mode) =>
    [
        whose, by, Share(mode.MeanAveragePrecision), Share(mode.Rank1), Share(mode.Rank5), Share(mode.Rank10),
        Share(mode.Rank20), Share(mode.Rank50), "measured",
    ];

    private static string Share(double? value) => value is { } share ? Figures.Score(share) : string.Empty;
}
