using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Enrols and searches the catalogue through the service's public API, as any application would.</summary>
internal sealed class DemoRun(GalleryClient client, DemoCatalogue catalogue, Action<string> say)
{
    /// <summary>The gallery whose images are an identity each.</summary>
    public const string Instances = "images";

    private const string Centroids = "products";
    private const char ViewSeparator = '@';

    private readonly RankTally _byCentroid = new();
    private readonly RankTally _byInstance = new();
    private readonly List<double> _searchMs = [];

    /// <summary>An image's id, under which it is enrolled.</summary>
    public static string IdOf(DemoImage image) => $"{image.Product}{ViewSeparator}{image.View}";

    /// <summary>Runs the demo.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it; the store's size and whether the model is trained are the caller's to say.</returns>
    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        say($"Drawing {catalogue.Products} products ...");
        IReadOnlyList<DemoImage> enrolled = catalogue.Draw(catalogue.Enrolled);
        IReadOnlyList<DemoImage> queries = catalogue.Draw(catalogue.Queries);
        GalleryResponse gallery = await CreateAsync(Centroids, cancellationToken);
        await CreateAsync(Instances, cancellationToken);
        await WarmUpAsync(queries[0], cancellationToken);

        say($"Enrolling {enrolled.Count} images through the streaming API ...");
        long started = Stopwatch.GetTimestamp();
        await IngestAsync(Centroids, enrolled.Select(image => new IngestItem
        {
            Identity = image.Product,
            ImageId = IdOf(image),
            Image = image.File,
        }), cancellationToken);
        double rate = enrolled.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await EnrolInstancesAsync(enrolled, cancellationToken);

        say($"Searching with {queries.Count} other images ...");
        foreach (DemoImage query in queries)
        {
            await SearchAsync(query, cancellationToken);
        }

        return await ReportAsync(enrolled.Count, queries.Count, rate, gallery.Model!, cancellationToken);
    }

    private Task<GalleryResponse> CreateAsync(string name, CancellationToken cancellationToken) =>
        client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = name, Model = "default", Partitions = 16 }, cancellationToken);

    // The first image waits for the model to load; a running service has done that long ago.
    private async Task WarmUpAsync(DemoImage image, CancellationToken cancellationToken)
    {
        say("Loading the model ...");
        foreach (string gallery in (string[])[Centroids, Instances])
        {
            _ = await client.SearchFileAsync(gallery, image.File, null, cancellationToken);
        }
    }

    // The same embeddings, each under an identity of its own.
    private async Task EnrolInstancesAsync(IReadOnlyList<DemoImage> enrolled, CancellationToken cancellationToken)
    {
        List<IngestItem> items = [];
        foreach (DemoImage image in enrolled)
        {
            ImageResponse stored = await client.GetImageAsync(Centroids, image.Product, IdOf(image), cancellationToken);
            items.Add(new IngestItem { Identity = IdOf(image), Vector = stored.Vector });
        }

        await IngestAsync(Instances, items, cancellationToken);
    }

    private async Task IngestAsync(string gallery, IEnumerable<IngestItem> items, CancellationToken cancellationToken)
    {
        await foreach (IngestAck ack in client.IngestAsync(
            gallery, items.ToAsyncEnumerable(), null, cancellationToken))
        {
            if (ack.Status != EnrolStatus.Searchable)
            {
                throw new InvalidDataException(
                    $"Image '{ack.ImageId}' of '{ack.Identity}' was not enrolled: {ack.Status} {ack.Error?.Message}");
            }
        }
    }

    private async Task SearchAsync(DemoImage query, CancellationToken cancellationToken)
    {
        SearchRequest topFive = new() { Top = 5, RequireComplete = true };
        long started = Stopwatch.GetTimestamp();
        SearchResponse byCentroid = await client.SearchFileAsync(Centroids, query.File, topFive, cancellationToken);
        _searchMs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        SearchResponse byInstance = await client.SearchFileAsync(Instances, query.File, topFive, cancellationToken);
        _byCentroid.Count(query.Product, byCentroid.Matches.Select(match => match.Identity));
        _byInstance.Count(
            query.Product, byInstance.Matches.Select(match => match.Identity.Split(ViewSeparator)[0]));
    }

    private async Task<DemoReport> ReportAsync(int images, int queries, double rate, string model,
        CancellationToken cancellationToken)
    {
        GalleryResponse centroids = await client.GetGalleryAsync(Centroids, cancellationToken);
        GalleryResponse instances = await client.GetGalleryAsync(Instances, cancellationToken);
        _searchMs.Sort();
        return new DemoReport
        {
            Identities = catalogue.Products,
            Images = images,
            Queries = queries,
            Centroid = _byCentroid.ToMode(centroids.Identities, centroids.SearchBytes),
            Instance = _byInstance.ToMode(instances.Identities, instances.SearchBytes),
            StoredBytes = 0,
            Ingest = new DemoIngest(rate),
            Search = new DemoSearch(
                Figures.Percentile(_searchMs, 0.5), Figures.Percentile(_searchMs, 0.99)),
            RootHash = centroids.RootHash,
            Model = model,
            ModelTrained = false,
        };
    }
}
