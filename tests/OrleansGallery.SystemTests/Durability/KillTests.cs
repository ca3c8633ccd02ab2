using System.Globalization;
using System.Numerics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests;

/// <summary>
/// The service is killed at random moments while a client streams vectors and images. Nothing that was acknowledged may
/// be lost, nothing may be counted twice. <c>GALLERY_KILLS</c> sets how often (default 5), <c>GALLERY_SEED</c> when.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const string Gallery = "killed";
    private const int ItemsInFlight = 128;

    private static readonly IngestOptions OneAttempt = new()
    {
        MaxItemsInFlight = ItemsInFlight,
        MaxBatchItems = 32,
        MaxRequests = 4,
        MaxAttempts = 1,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly SentItems _items = new();

    [Fact]
    public async Task Ingest_KilledAtRandomMoments_LosesNoAckAndCountsNothingTwice()
    {
        int kills = Setting("GALLERY_KILLS", 5);
        int seed = Setting("GALLERY_SEED", 20261124);
        Random random = new(seed);
        output.WriteLine($"Seed {seed}");
        for (int kill = 1; kill <= kills; kill++)
        {
            await StreamUntilKilledAsync(firstLife: kill == 1, acksBeforeKill: random.Next(1, 250),
                TimeSpan.FromMilliseconds(random.Next(0, 60)));
        }

        using GalleryProcess server = await GalleryProcess.StartAsync(_folder.Root);
        using GalleryClient client = server.Connect();
        await AssertAcknowledgedIsThereOnceAsync(client);
        int acknowledged = _items.Acknowledged.Count;
        int[] first = await ResendEverythingAsync(client);
        int[] second = await ResendEverythingAsync(client);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kills} kills, {acknowledged} acks, {_items.Count} items; the first resend enrolled {first[0]} and found "
            + $"{first[1]} duplicates, the second {second[0]} and {second[1]}"));

        Assert.True(first[1] >= acknowledged);
        Assert.Equal([0, _items.Count], second);
        await AssertEverythingIsThereOnceAsync(client);
        await AssertRootHashIsOursAsync(client);
    }

    public void Dispose() => _folder.Dispose();

    private static int Setting(string name, int value) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : value;

    private async Task StreamUntilKilledAsync(bool firstLife, int acksBeforeKill, TimeSpan pause)
    {
        using GalleryProcess server = await GalleryProcess.StartAsync(_folder.Root);
        using GalleryClient client = server.Connect();
        if (firstLife)
        {
            await client.CreateGalleryAsync(new CreateGalleryRequest { Name = Gallery, Model = "default" });
        }

        int acks = 0;
        Task killer = Task.CompletedTask;
        try
        {
            await foreach (IngestAck ack in client.IngestAsync(Gallery, _items.StreamAsync(), OneAttempt))
            {
                if (ack.Status == EnrolStatus.Rejected)
                {
                    Assert.True(ack.Error!.Retryable, $"Item {ack.Seq} was rejected: {ack.Error.Message}");
                    break;
                }

                _items.Acknowledge((int)ack.Seq);
                if (++acks == acksBeforeKill)
                {
                    killer = Task.Delay(pause).ContinueWith(_ => server.Kill(), TaskScheduler.Default);
                }
            }
        }
        catch (GalleryApiException error) when (error.Retryable)
        {
            // The connection broke, as it should.
        }

        await killer;
        Assert.False(server.IsRunning, $"The stream ended, but the service runs. {server.Errors}");
        Assert.True(acks >= acksBeforeKill, $"{acks} acks were seen; {acksBeforeKill} were to come before the kill.");
        _items.Break();
    }

    /// <summary>Sends every item again.</summary>
    /// <returns>How many were enrolled by it, and how many were there.</returns>
    private async Task<int[]> ResendEverythingAsync(GalleryClient client)
    {
        int[] outcomes = [0, 0];
        await foreach (IngestAck ack in client.IngestAsync(Gallery, EverythingAsync()))
        {
            Assert.Contains(ack.Status, (EnrolStatus[])[EnrolStatus.Searchable, EnrolStatus.Duplicate]);
            Assert.False(
                ack.Status == EnrolStatus.Searchable && _items.Acknowledged.Contains((int)ack.Seq),
                $"Item {ack.Seq} was acknowledged before, and lost.");
            outcomes[ack.Status == EnrolStatus.Searchable ? 0 : 1]++;
        }

        return outcomes;
    }

    private async IAsyncEnumerable<IngestItem> EverythingAsync()
    {
        for (int number = 0; number < _items.Count; number++)
        {
            yield return SentItems.ItemOf(number);
        }

        await Task.CompletedTask;
    }

    private async Task AssertAcknowledgedIsThereOnceAsync(GalleryClient client)
    {
        foreach (IGrouping<string, int> identity in _items.Acknowledged.GroupBy(SentItems.IdentityOf))
        {
            List<string> images = await ListImagesAsync(client, identity.Key);
            Assert.Equal(images.Count, images.Distinct().Count());
            Assert.Equal(images.Count, (await client.GetIdentityAsync(Gallery, identity.Key)).Count);
            Assert.Empty(identity.Select(SentItems.ImageIdOf).Except(images));
            foreach (string image in identity.Where(SentItems.IsImage).Select(SentItems.ImageIdOf))
            {
                Assert.False((await client.GetThumbnailAsync(Gallery, identity.Key, image)).Bytes.IsEmpty);
            }
        }
    }

    private async Task AssertEverythingIsThereOnceAsync(GalleryClient client)
    {
        foreach (IGrouping<string, int> identity in Enumerable.Range(0, _items.Count).GroupBy(SentItems.IdentityOf))
        {
            List<string> images = await ListImagesAsync(client, identity.Key);
            Assert.Equal(identity.Select(SentItems.ImageIdOf).Order(), images.Order());
            Assert.Equal(images.Count, (await client.GetIdentityAsync(Gallery, identity.Key)).Count);
        }
    }

    private async Task AssertRootHashIsOursAsync(GalleryClient client)
    {
        List<BigInteger> hashes = [];
        foreach (IGrouping<string, int> identity in Enumerable.Range(0, _items.Count).GroupBy(SentItems.IdentityOf))
        {
            List<(string, float[])> images = [];
            foreach (int number in identity)
            {
                float[] embedding = SentItems.IsImage(number)
                    ? (await client.GetImageAsync(Gallery, identity.Key, SentItems.ImageIdOf(number))).Vector!
                    : SentItems.VectorOf(number);
                images.Add(($"c{number % 3}", embedding));
            }

            hashes.Add(HashLayout.OfIdentity(identity.Key, images));
        }

        string root = HashLayout.Sum(hashes);

        GalleryResponse gallery = await client.GetGalleryAsync(Gallery);
        VerificationResponse proof = await client.VerifyAsync(Gallery);
        Assert.Equal((SentItems.Identities, _items.Count), (gallery.Identities, gallery.Images));
        Assert.Equal(root, gallery.RootHash);
        Assert.Equal(root, proof.RootHash);
        Assert.True(proof.Ok, string.Join('\n', proof.Differences));
    }

    private static async Task<List<string>> ListImagesAsync(GalleryClient client, string identity)
    {
        List<string> images = [];
        string? cursor = null;
        do
        {
            ImageListResponse page = await client.ListImagesAsync(Gallery, identity, cursor, 500);
            images.AddRange(page.Images.Select(image => image.ImageId));
            cursor = page.Next;
        }
        while (cursor is not null);

        return images;
    }
}
