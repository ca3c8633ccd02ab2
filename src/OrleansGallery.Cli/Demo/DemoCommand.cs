using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Drawing;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary><c>gallery demo</c>: the whole service in this process, on a temporary folder, with images of its
/// own.</summary>
internal sealed class DemoCommand : Command
{
    private readonly Option<int> _products = NumberOption.Of(
        "--products", "How many products are drawn.", new CatalogueOptions().Products, new(1, 10_000));

    public DemoCommand()
        : base("demo", "See it work: draw a small catalogue, enrol some views of each product, search with the others.")
    {
        Add(_products);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        DemoCatalogue catalogue = new(new CatalogueOptions { Products = arguments.GetValue(_products) });
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gallery-demo-");
        try
        {
            DemoReport report = await RunAsync(catalogue, folder.FullName, output, cancellationToken);

            // The service is gone, and everything that was written is in the one file.
            report = report with { StoredBytes = new FileInfo(Path.Combine(folder.FullName, "gallery.db")).Length };
            Write(report, output);
            return CommandLine.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<DemoReport> RunAsync(
        DemoCatalogue catalogue, string folder, CommandOutput output, CancellationToken cancellationToken)
    {
        output.Error.WriteLine("Starting the service in this process ...");
        await using WebApplication app = GalleryHost.Build(settings: new Dictionary<string, string?>
        {
            [$"{ServerOptions.Section}:{nameof(ServerOptions.DataFolder)}"] = folder,
            [$"{ServerOptions.Section}:{nameof(ServerOptions.Urls)}"] = "http://127.0.0.1:0",
            // Whatever variables say that a service of this machine needs.
            [$"{ServerOptions.Section}:{nameof(ServerOptions.Roles)}"] = new ServerOptions().Roles,
            [$"{ClusterMemberOptions.Section}:{nameof(ClusterMemberOptions.Database)}"] = string.Empty,
        });
        await app.StartAsync(cancellationToken);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        DemoReport report = await new DemoRun(client, catalogue, output.Error.WriteLine)
            .RunAsync(cancellationToken);
        ModelDescription model = EmbeddingModel.Describe(DefaultModel.EnsureCreated(Path.Combine(folder, "models")));
        await app.StopAsync(cancellationToken);
        return report with { ModelTrained = model.Trained };
    }

    private static void Write(DemoReport report, CommandOutput output)
    {
        if (output.IsJson)
        {
            output.WriteJson(report);
            return;
        }

        output.WriteLine(string.Empty);
        output.WriteLine(
            $"{report.Identities} products, {report.Images} images enrolled, searched with {report.Queries} "
            + "images that were not.");
        output.WriteLine($"Model: {report.Model}" + (report.ModelTrained
            ? string.Empty
            : ". Its weights are random: it was never trained, so read the ranks as a floor, not as a result."));
        output.WriteTable(
            ["search by", "rank-1", "rank-5", "vectors", "bytes scanned"],
            [Row("centroid", report.Centroid), Row("single image", report.Instance)]);
        output.WriteFields(
            ("enrolment", $"{Figures.Rate(report.Ingest.ImagesPerSecond)} images/s (decode, embed, commit to disk)"),
            ("search", $"p50 {Figures.Milliseconds(report.Search.P50Ms)}, p99 "
                + $"{Figures.Milliseconds(report.Search.P99Ms)} (decode, embed, search)"),
            ("stored", $"{Figures.Count(report.StoredBytes)} bytes for both galleries"),
            ("root hash", report.RootHash));
        output.WriteLine("""

            What next (`gallery` stands for `dotnet run -c Release --project src/OrleansGallery.Cli --`):
              gallery serve --data gallery-data        run the service, in a terminal of its own
              gallery create products --model default  create a gallery that takes images
              gallery ingest products FOLDER           enrol one folder of images per product
              gallery search products IMAGE            ask which product is in an image
            """);
    }

    private static IReadOnlyList<string> Row(string name, DemoMode mode) =>
        [name, Share(mode.Rank1), Share(mode.Rank5), Figures.Count(mode.Vectors), Figures.Count(mode.Bytes)];

    private static string Share(double value) => value.ToString("P1", CultureInfo.InvariantCulture);
}
