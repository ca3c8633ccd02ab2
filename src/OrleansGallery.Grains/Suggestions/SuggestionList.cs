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
        return ReadAsync(pairs, start, limit, (pair, one, other) => Show(pair, one, other, mutual) is { } shown
            && shown.Score >= _least ? shown : null);
    }

    /// <summary>A page of what was put aside, the last one first.</summary>
    /// <param name="dismissed">All of it, in the order in which it was.</param>
    /// <param name="start">From this place on.</param>
    /// <param name="limit">At most so many.</param>
    public Task<(IReadOnlyList<MergeSuggestion> Page, int? Next)> ReadDismissedAsync(
        IReadOnlyList<StoredPair> dismissed, int start, int limit) => ReadAsync(
        [.. dismissed.Reverse()], start, limit,
        (pair, one, other) => Show(pair, one, other, new HashSet<IdentityPair>()));

    private async Task<(IReadOnlyList<MergeSuggestion> Page, int? Next)> ReadAsync(
        StoredPair[] pairs, int start, int limit,
        Func<StoredPair, IdentitySnapshot, IdentitySnapshot, MergeSuggestion?> show)
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
                .Select(pair => pair.Second is ({ } one, { } other) ? show(pair.First, one, other) : null)
                .OfType<MergeSuggestion>());
        }

        return (page, next < pairs.Length ? next : null);
    }

    private MergeSuggestion Show(
        StoredPair pair, IdentitySnapshot one, IdentitySnapshot other, IReadOnlySet<IdentityPair> mutual) => new()
    {
        One = Side(pair.One, one),
        Other = Side(pair.Other, other),
        Score = PairFigures.Score(one, other),
        IsMutual = mutual.Contains(pair.Pair),
        MergedDispersion = PairFigures.MergedDispersion(one, other),
        SharedFacets = PairFigures.SharedFacets(one, other),
        IsChanged = IsChanged(pair.One, one) || IsChanged(pair.Other, other),
    };

    private static SuggestedIdentity Side(string id, IdentitySnapshot identity) => new()
    {
        IdentityId = id, Count = identity.Count, Dispersion = identity.Dispersion,
    };

    private bool IsChanged(string id, IdentitySnapshot identity) =>
        found is not null && identity.Version > found.Cursors[PartitionFunction.PartitionOf(id, gallery.Partitions)];

    private Task<IdentitySnapshot?> ReadAsync(string id) =>
        _read.TryGetValue(id, out Task<IdentitySnapshot?>? read) ? read : _read[id] = FindAsync(id);

    private async Task<IdentitySnapshot?> FindAsync(string id)
    {
        try
        {
            return await grains.IdentityGrain(gallery, id).GetAsync(withDispersion: true);
        }
        catch (IdentityNotFoundException)
        {
            return null;
        }
    }
}
