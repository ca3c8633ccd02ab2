using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.ClusterTests;

/// <summary>A gallery whose merge suggestions are compared with all pairs, scored one by one.</summary>
internal sealed class SuggestedGallery(GalleryCluster cluster, Gallery gallery)
{
    public const int Dimension = 16;

    public Gallery Gallery => gallery;

    public ISuggestionsGrain Grain => cluster.Grains.SuggestionsGrain(gallery.Name);

    public static async Task<SuggestedGallery> MakeAsync(
        GalleryCluster cluster, double? threshold = null, int partitions = 4, string name = "people") => new(
        cluster,
        await cluster.Gallery(name).CreateAsync(new Gallery
        {
            Name = name, Dimension = Dimension, Partitions = partitions, Settings = new() { Threshold = threshold },
        }));

    public IIdentityGrain Identity(string id) => cluster.Identity(gallery, id);

    public Task EnrolAsync(string id, float[] vector, string imageId = "1", string facet = "") =>
        Answer.GetAsync(() => Identity(id).EnrolAsync(Images.Of(vector, facet, imageId)));

    /// <summary>Searches to the end.</summary>
    public async Task<SuggestionRun> RefreshAsync(
        double? minScore = null, int? pairs = null, bool isFull = false)
    {
        SuggestionRun run = await Answer.GetAsync(() => Grain.RefreshAsync(
            new SuggestionOrder { MinScore = minScore, Pairs = pairs, IsFull = isFull }));
        await Eventually.UntilAsync(async () => (run = await RunAsync()).State != SuggestionRunState.Running);
        Assert.Null(run.Error);
        return run;
    }

    public async Task<SuggestionRun> RunAsync() =>
        (await Answer.GetAsync(() => Grain.ListAsync(new SuggestionQuery { Limit = 1 }))).Run!;

    /// <summary>All that is suggested.</summary>
    public async Task<IReadOnlyList<MergeSuggestion>> ListAsync(double? minScore = null, bool isDismissed = false)
    {
        List<MergeSuggestion> all = [];
        int? start = 0;
        while (start is { } from)
        {
            SuggestionPage page = await Answer.GetAsync(() => Grain.ListAsync(
                new SuggestionQuery { Limit = 7, Start = from, MinScore = minScore, IsDismissed = isDismissed }));
            all.AddRange(page.Suggestions);
            start = page.Next;
        }

        return all;
    }

    /// <summary>What is suggested is what all pairs say.</summary>
    public async Task AssertAsync(double minScore, int most, params IdentityPair[] dismissed)
    {
        PairScore[] expected = [.. (await ScoreAllAsync())
            .Where(pair => pair.Score >= minScore && !dismissed.Contains(pair.Pair)).Take(most)];
        IReadOnlyList<MergeSuggestion> found = await ListAsync();
        Assert.Equal(
            expected.Select(pair => (pair.Pair.First, pair.Pair.Second, (double?)pair.Score)),
            found.Select(pair => (pair.One.IdentityId, pair.Other.IdentityId, pair.Score)));
        Assert.Equal(
            expected.Where(pair => IsMutual(pair, expected)).Select(pair => pair.Pair),
            found.Where(pair => pair.IsMutual)
                .Select(pair => new IdentityPair(pair.One.IdentityId, pair.Other.IdentityId)));
    }

    /// <summary>All pairs, best first.</summary>
    public async Task<IReadOnlyList<PairScore>> ScoreAllAsync()
    {
        IdentityPage page = await cluster.Gallery(gallery.Name).ListIdentitiesAsync(null, 1_000);
        List<(string Id, VectorBytes Centroid)> rows = [];
        foreach (IdentityEntry entry in page.Identities)
        {
            if ((await Identity(entry.IdentityId).GetAsync(withDispersion: false)).Centroid is { } centroid)
            {
                rows.Add((entry.IdentityId, centroid));
            }
        }

        return
        [
            .. rows.SelectMany((one, i) => rows.Skip(i + 1).Select(other => new PairScore(
                new IdentityPair(one.Id, other.Id),
                Math.Clamp(CanonicalScore.Score(one.Centroid.Components, other.Centroid.Components), -1, 1))))
                .OrderByDescending(pair => pair.Score)
                .ThenBy(pair => pair.Pair.First, StringComparer.Ordinal)
                .ThenBy(pair => pair.Pair.Second, StringComparer.Ordinal),
        ];
    }

    // Of equal scores the first id counts.
    private static bool IsMutual(PairScore pair, PairScore[] all)
    {
        bool IsNearest(string id, string other) => all
            .Where(each => each.Pair.First == id || each.Pair.Second == id)
            .Select(each => (each.Score, Other: each.Pair.First == id ? each.Pair.Second : each.Pair.First))
            .OrderByDescending(each => each.Score).ThenBy(each => each.Other, StringComparer.Ordinal)
            .First().Other == other;
        return IsNearest(pair.Pair.First, pair.Pair.Second) && IsNearest(pair.Pair.Second, pair.Pair.First);
    }
}
