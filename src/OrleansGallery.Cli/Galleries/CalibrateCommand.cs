using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Drawing;

namespace OrleansGallery.Cli;

/// <summary><c>gallery calibrate</c>: the threshold for a false-positive identification rate, measured.</summary>
internal sealed class CalibrateCommand : ClientCommand
{
    // Of the curve's 101 points.
    private const int ShownEach = 10;

    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<double> _fpir = NumberOption.Of<double>(
        "--fpir",
        "The wanted share of searches for somebody who is not enrolled that find somebody all the same. Default: 0.01.",
        0.01,
        new NumberRange<double>(0, 1),
        "SHARE");

    private readonly Option<bool> _apply = new("--apply")
    {
        Description = "Make the threshold the gallery's, stored with its evidence. Default: only measure.",
    };

    private readonly Option<int> _seed = NumberOption.Of<int>(
        "--seed", "Draws the sample where there are more than 10,000 images. Default: 1.", 1);

    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draw the curve into this PNG file; it must not be there.",
        HelpName = "FILE",
    };

    public CalibrateCommand()
        : base(
            "calibrate",
            "Find the threshold for a false-positive identification rate by searching the gallery's own images in it.")
    {
        Add(_gallery);
        Add(_fpir);
        Add(_apply);
        Add(_seed);
        Add(_plot);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        string? plot = arguments.GetValue(_plot);
        if (plot is not null)
        {
            RequireNew(plot);
        }

        CalibrationResponse found = await client.CalibrateAsync(
            gallery,
            new CalibrateRequest
            {
                Fpir = arguments.GetValue(_fpir),
                Apply = arguments.GetValue(_apply),
                Seed = arguments.GetValue(_seed),
            },
            cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(found);
        }
        else
        {
            Write(output, found);
        }

        if (plot is not null)
        {
            await using FileStream file = new(plot, FileMode.CreateNew, FileAccess.Write);
            await file.WriteAsync(Draw(found), cancellationToken);
        }

        return CommandLine.Done;
    }

    // Looked at first: the measurement may take minutes.
    private static void RequireNew(string plot)
    {
        if (Path.Exists(plot))
        {
            throw new InvalidDataException($"'{plot}' (--plot) is there already; name another file.");
        }

        string? folder = Path.GetDirectoryName(Path.GetFullPath(plot));
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException(
                $"There is no folder '{folder}' for '{plot}' (--plot); make it, or name another file.");
        }
    }

    private static byte[] Draw(CalibrationResponse found)
    {
        (double, double)[] alarms = [.. found.Curve.Select(point => (point.Threshold, point.Fpir))];
        return LineChart.RenderPng(
            "FPIR LIGHT - FNIR DARK", "THRESHOLD", alarms,
            [.. found.Curve.Where(point => point.Fnir is not null)
                .Select(point => (point.Threshold, point.Fnir!.Value))]);
    }

    private static void Write(CommandOutput output, CalibrationResponse found)
    {
        output.WriteFields(
            ("threshold", Figures.Score(found.Threshold) + (found.Applied
                ? ", the gallery's from now on"
                : "; --apply makes it the gallery's")),
            ("FPIR wanted", Figures.Share(found.Fpir)),
            ("FPIR measured",
                $"{Figures.Share(found.MeasuredFpir)} (95 %: {Figures.Share(found.FpirLow)} to "
                + $"{Figures.Share(found.FpirHigh)})"),
            ("FNIR", found.Fnir is { } missed ? Figures.Share(missed) : "unknown: no identity has two images"),
            ("smallest FPIR", $"{Figures.Share(found.SmallestFpir)} can be shown with so many images"),
            ("images", $"{Figures.Count(found.Images)} of {Figures.Count(found.GalleryImages)}, "
                + $"{Figures.Count(found.GenuineImages)} with others of their identity"),
            ("identities", $"{Figures.Count(found.Identities)} of {Figures.Count(found.GalleryIdentities)}"),
            ("seed", Figures.Count(found.Seed)),
            ("root hash", found.RootHash));
        output.WriteTable(
            ["threshold", "FPIR", "FNIR"],
            found.Curve.Where((_, i) => i % ShownEach == 0).Select(point => (IReadOnlyList<string>)
            [
                Figures.Score(point.Threshold),
                Figures.Share(point.Fpir),
                point.Fnir is { } missed ? Figures.Share(missed) : "-",
            ]));
    }
}
