using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
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

    private readonly Option<bool> _keep = new("--keep")
    {
        Description = "Then go on serving the products, with the page, on a free port of the loopback address, until "
            + "Ctrl-C. It asks for no keys.",
    };

    public DemoCommand()
        : base("demo", "See it work: draw a small catalogue, enrol some views of each product, search with the others.")
    {
        Add(_products);
        Add(_keep);
        SetAction(RunAsync);
    }

    // A closed terminal ends it as Ctrl-C does, so that the folder goes.
    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using PosixSignalRegistration closed = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ended.Cancel();
        });
        return await RunUntilAsync(arguments, ended.Token);
    }

    private async Task<int> RunUntilAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        DemoCatalogue catalogue = new(new CatalogueOptions { Products = arguments.GetValue(_products) });
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gallery-demo-");
        try
        {
            bool keep = arguments.GetValue(_keep);
            DemoReport report = await RunAsync(catalogue, folder.FullName, keep, output, cancellationToken);

            // The service is gone, and everything that was written is in the one file.
            report = report with { StoredBytes = new FileInfo(Path.Combine(folder.FullName, "gallery.db")).Length };
            Write(report, output);
            if (keep)
            {
                await ServeAsync(
                    catalogue, folder.FullName,
                    output.IsJson ? output.Error : arguments.InvocationConfiguration.Output, cancellationToken);
            }

            return CommandLine.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<DemoReport> RunAsync(
        DemoCatalogue catalogue, string folder, bool keep, CommandOutput output, CancellationToken cancellationToken)
    {
        output.Error.WriteLine("Starting the service in this process ...");
        await using WebApplication app = Build(folder);
        await app.StartAsync(cancellationToken);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        DemoReport report = await new DemoRun(client, catalogue, output.Error.WriteLine)
            .RunAsync(cancellationToken);
        if (keep)
        {
            // Nobody would look at images that are an identity each.
            await client.DeleteGalleryAsync(DemoRun.Instances, cancellationToken);
        }

        ModelDescription model = EmbeddingModel.Describe(DefaultModel.EnsureCreated(Path.Combine(folder, "models")));
        await app.StopAsync(cancellationToken);
        return report with { ModelTrained = model.Trained };
    }

    // Started again, it shows what the disk kept.
    private static async Task ServeAsync(
        DemoCatalogue catalogue, string folder, TextWriter text, CancellationToken cancellationToken)
    {
        string pictures = Directory.CreateDirectory(Path.Combine(folder, "pictures")).FullName;
        foreach (DemoImage image in catalogue.Draw(catalogue.Queries))
        {
            await File.WriteAllBytesAsync(
                Path.Combine(pictures, $"{DemoRun.IdOf(image)}.jpg"), image.File, cancellationToken);
        }

        await text.WriteLineAsync($"""

            Open the address below in a browser. Pictures to search with, none of them enrolled: {pictures}
            Ctrl-C ends it and deletes what it kept.
            """);
        await using WebApplication app = Build(folder);
        await GalleryHost.RunAsync(app, text, cancellationToken);
    }

    private static WebApplication Build(string folder) => GalleryHost.Build(settings: new Dictionary<string, string?>
    {
        [$"{ServerOptions.Section}:{nameof(ServerOptions.DataFolder)}"] = folder,
        [$"{ServerOptions.Section}:{nameof(ServerOptions.Urls)}"] = "http://127.0.0.1:0",
        // Whatever variables say that a service of this machine needs.
        [$"{ServerOptions.Section}:{nameof(ServerOptions.Roles)}"] = new ServerOptions().Roles,
        [$"{ServerOptions.Section}:{nameof(ServerOptions.Keys)}"] = new ServerOptions().Keys,
        [$"{ClusterMemberOptions.Section}:{nameof(ClusterMemberOptions.Database)}"] = string.Empty,
    });

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
