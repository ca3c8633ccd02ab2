using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>
/// A client that enrols, removes and searches identities of its own, one request after the other, and keeps a log of
/// what was acknowledged. A search must find what it has acknowledged, unless the answer says that it is partial or not
/// confirmed. Whether a request that failed was carried out is not known, until it is repeated.
/// </summary>
internal sealed class LoadClient(FaultCluster cluster, int number, int seed)
{
    public const string Gallery = "faults";
    public const int Dimension = 64;
    public const int Partitions = 16;
    private const int Identities = 400;
    private const int MostImages = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A request that was given up may still be carried out while a message of the cluster lives.
    private static readonly TimeSpan MessageLife = TimeSpan.FromSeconds(12);

    private readonly Random _random = new(seed + number);
    private readonly Dictionary<(int Identity, int Image), ImageFate> _log = [];
    private readonly List<string> _faults = [];
    private int _acknowledged;

    public int Acknowledged => _acknowledged;

    public int Searches { get; private set; }

    /// <summary>Searches that said that they were partial or not confirmed.</summary>
    public int Reserved { get; private set; }

    /// <summary>Requests that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The longest time between two complete answers.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>What must not have happened.</summary>
    public IReadOnlyList<string> Faults => _faults;

    private string Prefix => $"c{number}-";

    public async Task RunAsync(CancellationToken done)
    {
        long last = TimeProvider.System.GetTimestamp();
        while (!done.IsCancellationRequested)
        {
            GalleryClient client = cluster.Connect();
            try
            {
                using (client)
                {
                    while (!done.IsCancellationRequested)
                    {
                        int identity = _random.Next(Identities);
                        int image = _random.Next(MostImages);
                        if (IsUnknown(identity))
                        {
                            continue;
                        }

                        await ChangeAsync(client, identity, image);
                        if (await SearchAsync(client, identity))
                        {
                            LongestGap = Longer(LongestGap, TimeProvider.System.GetElapsedTime(last));
                            last = TimeProvider.System.GetTimestamp();
                        }
                    }
                }
            }
            catch (GalleryApiException exception)
            {
                Failed++;
                // It hears that it should repeat; never that something is broken.
                Check(exception.Retryable, $"{exception.Code}: {exception.Message}");
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until more changes were acknowledged, for a minute at most.</summary>
    /// <param name="more">How many more.</param>
    public async Task AcknowledgedAsync(int more)
    {
        int enough = Acknowledged + more;
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        while (Acknowledged < enough)
        {
            Assert.False(limit.IsCancellationRequested, $"{Acknowledged} acks after a minute, {enough} were expected.");
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Repeats what is not known, then compares everything with what is stored.</summary>
    public async Task<Hash256> SettleAsync(GalleryClient client)
    {
        (int Identity, int Image)[] unknown =
            [.. _log.Where(entry => entry.Value == ImageFate.Unknown).Select(entry => entry.Key)];
        if (unknown.Length > 0)
        {
            await Task.Delay(MessageLife);
        }

        foreach ((int identity, int image) in unknown)
        {
            await EnrolAsync(client, identity, image);
        }

        Hash256 root = default;
        foreach (IGrouping<int, (int Identity, int Image)> images in _log
            .Where(entry => entry.Value == ImageFate.Enrolled).Select(entry => entry.Key)
            .GroupBy(key => key.Identity))
        {
            IdentityCentroid expected = new(Dimension);
            foreach ((int identity, int image) in images)
            {
                expected.Add(string.Empty, Vector(identity, image));
            }

            Hash256 hash = expected.ComputeHash(IdOf(images.Key));
            root += hash;
            IdentityResponse stored = await client.GetIdentityAsync(Gallery, IdOf(images.Key));
            Check(
                stored.Count == images.Count() && stored.Hash == hash.ToString(),
                $"{IdOf(images.Key)} has {stored.Count} images, hash {stored.Hash}; {images.Count()} were "
                + $"acknowledged, hash {hash}.");
        }

        return root;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task ChangeAsync(GalleryClient client, int identity, int image)
    {
        if (_log.GetValueOrDefault((identity, image)) == ImageFate.Enrolled && _random.Next(3) == 0)
        {
            await RemoveAsync(client, identity, image);
        }
        else
        {
            await EnrolAsync(client, identity, image);
        }
    }

    private async Task EnrolAsync(GalleryClient client, int identity, int image)
    {
        ImageFate before = _log.GetValueOrDefault((identity, image));
        _log[(identity, image)] = ImageFate.Unknown;
        EnrolImageResponse answer = await client.EnrolAsync(Gallery, IdOf(identity), new EnrolImageRequest
        {
            Vector = Vector(identity, image), ImageId = $"i{image}",
        });
        _log[(identity, image)] = ImageFate.Enrolled;
        Interlocked.Increment(ref _acknowledged);

        // A new one may be a duplicate too: of the API's own first attempt, whose answer was lost.
        Check(
            before != ImageFate.Enrolled || answer.Status == EnrolStatus.Duplicate,
            $"{IdOf(identity)}/i{image} was enrolled and is answered {answer.Status}.");
    }

    private async Task RemoveAsync(GalleryClient client, int identity, int image)
    {
        _log[(identity, image)] = ImageFate.Unknown;
        await client.DeleteImageAsync(Gallery, IdOf(identity), $"i{image}");
        _log[(identity, image)] = ImageFate.None;
        Interlocked.Increment(ref _acknowledged);
    }

    // Asked for what this client alone has made of the identity, which must be the best match.
    private async Task<bool> SearchAsync(GalleryClient client, int identity)
    {
        IdentityCentroid expected = new(Dimension);
        int count = 0;
        for (int image = 0; image < MostImages; image++)
        {
            if (_log.GetValueOrDefault((identity, image)) == ImageFate.Enrolled)
            {
                expected.Add(string.Empty, Vector(identity, image));
                count++;
            }
        }

        float[] query = new float[Dimension];
        if (!expected.TryGetCentroid(query))
        {
            return false;
        }

        SearchResponse answer = await client.SearchAsync(Gallery, new SearchRequest { Vector = query, Top = 3 });
        Searches++;
        Check(
            answer.Partitions.Asked == answer.Partitions.Answered + answer.Partitions.Missing.Count
            && answer.Partial == (answer.Partitions.Missing.Count > 0),
            $"Asked {answer.Partitions.Asked}, answered {answer.Partitions.Answered}, missing "
            + $"{string.Join(',', answer.Partitions.Missing)}, partial {answer.Partial}.");
        if (answer.Partial || !answer.Confirmed)
        {
            Reserved++;
            return false;
        }

        SearchMatch? best = answer.Matches.Count > 0 ? answer.Matches[0] : null;
        Check(
            best?.Identity == IdOf(identity) && best.Count == count && best.Score > 0.999999,
            $"{IdOf(identity)} with {count} images was searched; found: {best?.Identity} with {best?.Count} at "
            + $"{best?.Score}.");
        return true;
    }

    private bool IsUnknown(int identity) => Enumerable.Range(0, MostImages).Any(
        image => _log.GetValueOrDefault((identity, image)) == ImageFate.Unknown);

    private string IdOf(int identity) => $"{Prefix}{identity}";

    private float[] Vector(int identity, int image) =>
        SyntheticVectors.Embedding((number * 1000) + identity, image, Dimension);

    private void Check(bool holds, string fault)
    {
        if (!holds && _faults.Count < 20)
        {
            _faults.Add(fault);
        }
    }
}
