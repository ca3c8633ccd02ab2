using System.CommandLine;
using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery export</c>: writes a gallery's embeddings or centroids into a file.</summary>
internal sealed class ExportCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<string> _out = new("--out")
    {
        Description = "The file; an existing one is replaced once all is read.", HelpName = "FILE", Required = true,
    };

    private readonly Option<ExportWhat?> _what = ChoiceOption.Maybe<ExportWhat>(
        "--what", "The embedding of every image, or the centroid of every identity. Default: embeddings.");

    private readonly Option<ExportFormat?> _format = ChoiceOption.Maybe<ExportFormat>(
        "--format",
        "One JSON object a line, or NumPy's array of one vector per row with FILE.ids.ndjson beside it, a line per "
        + "row. Default: npy for a file of this ending, else ndjson.");

    public ExportCommand()
        : base(
            "export",
            "Write a gallery's embeddings or centroids into a file that `gallery import` reads. What is enrolled or "
            + "deleted meanwhile may be in it or not.")
    {
        Add(_gallery);
        Add(_out);
        Add(_what);
        Add(_format);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(_out);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"--out '{path}' is a folder; name a file.");
        }

        ExportFormat format = arguments.GetValue(_format)
            ?? (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? ExportFormat.Npy : ExportFormat.Ndjson);
        ExportWhat what = arguments.GetValue(_what) ?? ExportWhat.Embeddings;
        GalleryResponse gallery = await client.GetGalleryAsync(arguments.GetRequiredValue(_gallery), cancellationToken);
        GalleryExport export = new(client, gallery.Name);
        long vectors = 0;
        Stopwatch watch = Stopwatch.StartNew();
        long all = what == ExportWhat.Embeddings ? gallery.Images : gallery.Identities;
        await ExportFile.WriteAsync(path, format, gallery.Dimension, CountedAsync(
            what == ExportWhat.Embeddings
                ? export.EmbeddingsAsync(cancellationToken)
                : export.CentroidsAsync(cancellationToken),
            new OfflineProgress(checked((int)all), output),
            () => checked((int)++vectors)));
        Write(output, new ExportSummary
        {
            Gallery = gallery.Name,
            What = what,
            Files = ExportFile.NamesOf(path, format),
            Vectors = vectors,
            Dimension = gallery.Dimension,
            WithoutCentroid = export.WithoutCentroid,
            Seconds = watch.Elapsed.TotalSeconds,
        });
        return CommandLine.Done;
    }

    private static async IAsyncEnumerable<ExportRow> CountedAsync(
        IAsyncEnumerable<ExportRow> rows, OfflineProgress progress, Func<int> count)
    {
        await foreach (ExportRow row in rows)
        {
            progress.Report(count());
            yield return row;
        }
    }

    private static void Write(CommandOutput output, ExportSummary summary)
    {
        if (output.IsJson)
        {
            output.WriteJson(summary);
            return;
        }

        output.WriteLine(
            $"Wrote {Figures.Count(summary.Vectors)} {summary.What.ToString().ToLowerInvariant()} of "
            + $"{Figures.Count(summary.Dimension)} dimensions to {string.Join(" and ", summary.Files)} in "
            + $"{Figures.Seconds(TimeSpan.FromSeconds(summary.Seconds))} s.");
        if (summary.WithoutCentroid > 0)
        {
            output.WriteLine(
                $"{Figures.Count(summary.WithoutCentroid)} identities have no centroid: their images cancel each "
                + "other.");
        }
    }
}
