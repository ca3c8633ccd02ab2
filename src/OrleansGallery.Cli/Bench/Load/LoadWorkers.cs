using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Drawing;

namespace OrleansGallery.Cli;

/// <summary>Who enrols, searches and deletes. Identities are numbered; those that are older than what is kept
/// go.</summary>
internal sealed class LoadWorkers(GalleryClient client, LoadTally tally, MixedLoadOptions options)
{
    private const string VectorGallery = "vectors";
    private const string ImageGallery = "images";
    private const int Dimension = 256;
    private const int VectorsPerIdentity = 5;
    private const int ImagesPerIdentity = 3;

    // Of the vectors' pace and number of identities.
    private const int ImagesShare = 40;
    private const int SearchShare = 4;
    private const int KeptImagesShare = 10;

    private readonly BenchRows _rows = new(options.Seed, options.Identities, Dimension);
    private byte[][] _files = [];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Catalogue catalogue = new(new CatalogueOptions { Seed = options.Seed });
        _files =
        [
            .. Enumerable.Range(0, catalogue.Products.Count * ImagesPerIdentity).AsParallel().AsOrdered()
                .Select(number => catalogue.RenderJpeg(number / ImagesPerIdentity, number % ImagesPerIdentity)),
        ];
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = VectorGallery, Dimension = Dimension }, cancellationToken);
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = ImageGallery, Model = "default" }, cancellationToken);
        // Partitions are loaded by the first search, which may not wait for all of them.
        while ((await client.SearchAsync(
            VectorGallery, new SearchRequest { Vector = _rows.Query(0) }, cancellationToken)).Partial)
        {
        }

        await client.SearchFileAsync(ImageGallery, _files[0], cancellationToken: cancellationToken);
    }

    /// <summary>Works until it is told to end; what is under way is waited for.</summary>
    public Task RunAsync(CancellationToken end) => Task.WhenAll(
        Task.Run(() => EnrolVectorsAsync(end), CancellationToken.None),
        RepeatAsync(options.Pace / ImagesShare, EnrolImageAsync, end),
        RepeatAsync(options.Pace / SearchShare, SearchAsync, end),
        RepeatAsync(options.Pace / SearchShare / ImagesShare, SearchImageAsync, end),
        RepeatAsync(1, AskWronglyAsync, end));

    /// <summary>Whether all that is stored is what its images give.</summary>
    public async Task<bool> VerifyAsync(CancellationToken cancellationToken) =>
        (await client.VerifyAsync(VectorGallery, cancellationToken)).Ok
        && (await client.VerifyAsync(ImageGallery, cancellationToken)).Ok;

    // Sequential, each when its time has come: what takes longer is made up for.
    private static Task RepeatAsync(double perSecond, Func<long, Task> act, CancellationToken end) => Task.Run(
        async () =>
        {
            await foreach (long number in PacedAsync(perSecond, end))
            {
                await act(number);
            }
        },
        CancellationToken.None);

    private static async IAsyncEnumerable<long> PacedAsync(
        double perSecond, [EnumeratorCancellation] CancellationToken end)
    {
        long started = Stopwatch.GetTimestamp();
        for (long number = 0; !end.IsCancellationRequested; number++)
        {
            TimeSpan wait = TimeSpan.FromSeconds(number / perSecond) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (!end.IsCancellationRequested)
            {
                yield return number;
            }
        }
    }

    private static string Id(string prefix, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");

    private async Task EnrolVectorsAsync(CancellationToken end)
    {
        try
        {
            await foreach (IngestAck ack in client.IngestAsync(
                VectorGallery, VectorsAsync(end), cancellationToken: CancellationToken.None))
            {
                if (ack.Error is { } error)
                {
                    tally.OnError("vectors", error.Code);
                    continue;
                }

                tally.OnVector();
                if (ack.Seq % VectorsPerIdentity == 0)
                {
                    await DeleteOldAsync(
                        VectorGallery, "v", (ack.Seq / VectorsPerIdentity) - options.Identities);
                }
            }
        }
        catch (GalleryApiException exception)
        {
            tally.OnError("vectors", exception.Code);
        }
    }

    private async IAsyncEnumerable<IngestItem> VectorsAsync([EnumeratorCancellation] CancellationToken end)
    {
        await foreach (long number in PacedAsync(options.Pace, end))
        {
            long identity = number / VectorsPerIdentity;
            yield return _rows.Item((int)(identity % _rows.Count)) with
            {
                Seq = number, Identity = Id("v", identity), ImageId = Id("i", number),
            };
        }
    }

    private Task EnrolImageAsync(long number) => tally.TryAsync("images", async () =>
    {
        long identity = number / ImagesPerIdentity;
        await client.EnrolFileAsync(
            ImageGallery, Id("p", identity), _files[number % _files.Length],
            new EnrolImageRequest { ImageId = Id("i", number) });
        tally.OnImage();
        if (number % ImagesPerIdentity == 0)
        {
            await DeleteOldAsync(ImageGallery, "p", identity - Math.Max(1, options.Identities / KeptImagesShare));
        }
    });

    private Task DeleteOldAsync(string gallery, string prefix, long number) => number < 0
        ? Task.CompletedTask
        : tally.TryAsync("delete", async () =>
        {
            await client.DeleteIdentityAsync(gallery, Id(prefix, number));
            tally.OnDeleted();
        });

    private Task SearchAsync(long number) => tally.TryAsync("search", async () =>
    {
        long started = Stopwatch.GetTimestamp();
        SearchResponse answer = await client.SearchAsync(
            VectorGallery, new SearchRequest { Vector = _rows.Query((int)(number % _rows.Count)), Top = 10 });
        tally.OnSearch(Stopwatch.GetElapsedTime(started));
        if (answer.Partial)
        {
            tally.OnError("search", "partial");
        }
    });

    private Task SearchImageAsync(long number) => tally.TryAsync("search by image", async () =>
    {
        await client.SearchFileAsync(ImageGallery, _files[number % _files.Length]);
        tally.OnImageSearch();
    });

    private async Task AskWronglyAsync(long number)
    {
        try
        {
            await client.SearchAsync(VectorGallery, new SearchRequest { Vector = new float[Dimension + 1], Top = 10 });
            tally.OnError("wrong on purpose", "not refused");
        }
        catch (GalleryApiException exception) when (exception.Code == ErrorCodes.InvalidEmbedding)
        {
            tally.OnRefused();
        }
        catch (GalleryApiException exception)
        {
            tally.OnError("wrong on purpose", exception.Code);
        }
    }
}
