using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>
/// Searches identities that nobody changes, one search after the other, and measures. Whatever happens to the cluster,
/// an answer finds the identity, unless it says that the identity's partition is missing.
/// </summary>
internal sealed class SteadySearcher(FaultCluster cluster, int seed)
{
    private const int Identities = 64;
    private const int FirstVector = 900_000;
    private const int MostFaults = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Random _random = new(seed);
    private readonly List<double> _milliseconds = [];
    private readonly List<string> _faults = [];

    /// <summary>Answers that were not complete.</summary>
    public int Partial { get; private set; }

    /// <summary>Searches that got no answer.</summary>
    public int Failed { get; private set; }

    /// <summary>The longest time between two complete answers.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>What must not have happened.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Enrols what is searched for.</summary>
    public static async Task PrepareAsync(GalleryClient client)
    {
        for (int identity = 0; identity < Identities; identity++)
        {
            await client.EnrolAsync(LoadClient.Gallery, IdOf(identity), new EnrolImageRequest
            {
                Vector = Vector(identity), ImageId = "only",
            });
        }
    }

    /// <summary>The root hash of what <see cref="PrepareAsync"/> enrols.</summary>
    public static Hash256 Root()
    {
        Hash256 root = default;
        for (int identity = 0; identity < Identities; identity++)
        {
            IdentityCentroid centroid = new(LoadClient.Dimension);
            centroid.Add(string.Empty, Vector(identity));
            root += centroid.ComputeHash(IdOf(identity));
        }

        return root;
    }

    public async Task RunAsync(CancellationToken done)
    {
        long complete = TimeProvider.System.GetTimestamp();
        while (!done.IsCancellationRequested)
        {
            using GalleryClient client = cluster.Connect();
            try
            {
                while (!done.IsCancellationRequested)
                {
                    int identity = _random.Next(Identities);
                    SearchResponse answer = await SearchAsync(client, identity);
                    Check(identity, answer);
                    if (!answer.Partial)
                    {
                        TimeSpan gap = TimeProvider.System.GetElapsedTime(complete);
                        LongestGap = gap > LongestGap ? gap : LongestGap;
                        complete = TimeProvider.System.GetTimestamp();
                    }

                    await Task.Delay(Pause, CancellationToken.None);
                }
            }
            catch (GalleryApiException exception)
            {
                Failed++;
                if (!exception.Retryable)
                {
                    Note($"{exception.Code}: {exception.Message}");
                }

                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    /// <summary>A quantile of the times until an answer or a refusal.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>The time.</returns>
    public TimeSpan Quantile(double share)
    {
        double[] sorted = [.. _milliseconds.Order()];
        Assert.NotEmpty(sorted);
        return TimeSpan.FromMilliseconds(sorted[(int)Math.Ceiling((sorted.Length - 1) * share)]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_milliseconds.Count} searches of what does not change: p50 {Quantile(0.5).TotalMilliseconds:0} ms, p99 "
        + $"{Quantile(0.99).TotalMilliseconds:0} ms, longest {Quantile(1).TotalMilliseconds:0} ms, {Partial} partial, "
        + $"{Failed} failed, longest gap {LongestGap.TotalSeconds:0.00} s");

    private async Task<SearchResponse> SearchAsync(GalleryClient client, int identity)
    {
        long sent = TimeProvider.System.GetTimestamp();
        try
        {
            return await client.SearchAsync(
                LoadClient.Gallery, new SearchRequest { Vector = Vector(identity), Top = 1 }, CancellationToken.None);
        }
        finally
        {
            _milliseconds.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
        }
    }

    private static string IdOf(int identity) => $"s-{identity}";

    private static float[] Vector(int identity) =>
        SyntheticVectors.Embedding(FirstVector + identity, 0, LoadClient.Dimension);

    private void Check(int identity, SearchResponse answer)
    {
        IReadOnlyList<int> missing = answer.Partitions.Missing;
        if (answer.Partitions.Asked != LoadClient.Partitions
            || answer.Partitions.Answered + missing.Count != LoadClient.Partitions
            || missing.Distinct().Count() != missing.Count
            || answer.Partial != (missing.Count > 0))
        {
            Note($"Asked {answer.Partitions.Asked}, answered {answer.Partitions.Answered}, missing "
                + $"{string.Join(',', missing)}, partial {answer.Partial}.");
        }

        Partial += answer.Partial ? 1 : 0;
        bool isFound = answer.Matches.Count > 0 && answer.Matches[0].Identity == IdOf(identity);
        if (!isFound && !missing.Contains(PartitionFunction.PartitionOf(IdOf(identity), LoadClient.Partitions)))
        {
            Note($"{IdOf(identity)} was not found, though only {string.Join(',', missing)} are missing.");
        }
    }

    private void Note(string fault)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(fault);
        }
    }
}
