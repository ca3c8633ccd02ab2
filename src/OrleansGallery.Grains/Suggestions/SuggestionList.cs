using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Shows pairs as their identities are now: one that is gone, or too far from the other by now, is left out.
/// </summary>
/// <param name="grains">Reaches identities.</param>
/// <param name="gallery">The gallery.</param>
/// <param name="found">What the last search found; null: nothing.</param>
/// <param name="minScore">The lowest score; null: that of the search.</param>
internal sealed class SuggestionList(
    IGrainFactory grains, Gallery gallery, StoredSuggestions? found, double? minScore)
{
    private const int ReadTogether = 8;

    private readonly Dictionary<string, Task<IdentitySnapshot?>> _read = new(StringComparer.Ordinal);
    private readonly double _least = minScore ?? found?.MinScore ?? -1;

    /// <summary>A page of what was found.</summary>
    /// <param name="start">From this place on.</param>
    /// <param name="limit">At most so many.</param>
    public Task<(IReadOnlyList<MergeSuggestion> Page, int? Next)> ReadAsync(int start, int limit)
    {
        IReadOnlyList<StoredPair> all = found?.Pairs ?? [];
        IReadOnlySet<IdentityPair> mutual = BestPairs.FindMutual(all.Select(pair => pair.Ranked));
        StoredPair[] pairs = [.. all.TakeWhile(pair => pair.Score >= _least)];
        return ReadAsync(pairs, start, limit, (pair, one, other) => one is not null && other is not null
            && Show(pair, one, other, mutual) is { } shown && shown.Score >= _least ? shown : null);
    }

    /// <summary>A page of what was put aside, the last one first; an identity that is gone has no images.</summary>
    /// <param name="dismissed">All of it, in the order in which it was.</param>
    /// <param name="start">From this place on.</param>
    /// <param name="limit">At most so many.</param>
    public Task<(IReadOnlyList<MergeSuggestion> Page, int? Next)> ReadDismissedAsync(
        IReadOnlyList<StoredPair> dismissed, int start, int limit) => ReadAsync(
        [.. dismissed.Reverse()], start, limit,
        (pair, one, other) => Show(pair, one, other, new HashSet<IdentityPair>()));

    private async Task<(IReadOnlyList<MergeSuggestion> Page, int? Next)> ReadAsync(
        StoredPair[] pairs, int start, int limit,
        Func<StoredPair, IdentitySnapshot?, IdentitySnapshot?, MergeSuggestion?> show)
    {
        List<MergeSuggestion> page = [];
        int next = start;
        while (next < pairs.Length && page.Count < limit)
        {
            StoredPair[] some = [.. pairs.Skip(next).Take(Math.Min(ReadTogether, limit - page.Count))];
            next += some.Length;
            (IdentitySnapshot? One, IdentitySnapshot? Other)[] sides = await Task.WhenAll(some.Select(
                async pair => (await ReadAsync(pair.One), await ReadAsync(pair.Other))));
            page.AddRange(some.Zip(sides)
                .Select(pair => show(pair.First, pair.Second.One, pair.Second.Other))
                .OfType<MergeSuggestion>());
        }

        return (page, next < pairs.Length ? next : null);
    }

    private MergeSuggestion Show(
        StoredPair pair, IdentitySnapshot? one, IdentitySnapshot? other, IReadOnlySet<IdentityPair> mutual)
    {
        MergeSuggestion shown = new()
        {
            One = Side(pair.One, one),
            Other = Side(pair.Other, other),
            IsMutual = mutual.Contains(pair.Pair),
            SharedFacets = [],
            IsChanged = IsChanged(pair.One, one) || IsChanged(pair.Other, other),
        };
        return one is null || other is null ? shown : shown with
        {
            Score = PairFigures.Score(one, other),
            MergedDispersion = PairFigures.MergedDispersion(one, other),
            SharedFacets = PairFigures.SharedFacets(one, other),
        };
    }

    private static SuggestedIdentity Side(string id, IdentitySnapshot? identity) => new()
    {
        IdentityId = id, Count = identity?.Count ?? 0, Dispersion = identity?.Dispersion,
    };

    private bool IsChanged(string id, IdentitySnapshot? identity) =>
        found is not null && identity?.Version > found.Cursors[PartitionFunction.PartitionOf(id, gallery.Partitions)];

    private Task<IdentitySnapshot?> ReadAsync(string id) =>
        _read.TryGetValue(id, out Task<IdentitySnapshot?>? read)
            ? read
            : _read[id] = FindAsync(grains, gallery, id, withDispersion: true);

    /// <summary>An identity as it is now; null: it is not there.</summary>
    internal static async Task<IdentitySnapshot?> FindAsync(
        IGrainFactory grains, Gallery gallery, string id, bool withDispersion)
    {
        try
        {
            return await grains.IdentityGrain(gallery, id).GetAsync(withDispersion);
        }
        catch (IdentityNotFoundException)
        {
            return null;
        }
    }
}
