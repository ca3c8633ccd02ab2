using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What a search for near pairs found, and what it has seen.</summary>
public sealed record StoredSuggestions
{
    /// <summary>From which score on it looked; null: any.</summary>
    public double? MinScore { get; init; }

    /// <summary>How many pairs it kept at most.</summary>
    public required int Most { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset RefreshedAt { get; init; }

    /// <summary>Per partition the sequence up to which changes are in it.</summary>
    public required IReadOnlyList<long> Cursors { get; init; }

    /// <summary>The pairs, best first.</summary>
    public required IReadOnlyList<StoredPair> Pairs { get; init; }

    /// <summary>The last rank of which nothing is missing; null: nothing is missing at all.</summary>
    public StoredPair? Bound { get; init; }

    /// <summary>Without some pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    internal StoredSuggestions Without(IReadOnlySet<IdentityPair> pairs) =>
        this with { Pairs = [.. Pairs.Where(pair => !pairs.Contains(pair.Pair))] };

    /// <summary>Without those of some identities, whose ids are nowhere in it then.</summary>
    /// <param name="isGone">Which identities.</param>
    internal StoredSuggestions Without(Func<string, bool> isGone) => this with
    {
        Pairs = [.. Pairs.Where(pair => !pair.IsOf(isGone))],
        // The first rank of its score: what is missing is behind that, too.
        Bound = Bound?.IsOf(isGone) == true ? Bound with { One = string.Empty, Other = " " } : Bound,
    };

    /// <summary>With another pair, in its rank.</summary>
    /// <param name="added">The pair.</param>
    internal StoredSuggestions With(PairScore added)
    {
        BestPairs best = ToBest();
        best.Add(added);
        return With(best);
    }

    /// <summary>The pairs, to be changed.</summary>
    internal BestPairs ToBest()
    {
        BestPairs best = new(Most, Bound?.Ranked);
        foreach (StoredPair pair in Pairs)
        {
            best.Add(pair.Ranked);
        }

        return best;
    }

    /// <summary>With other pairs.</summary>
    /// <param name="best">The pairs.</param>
    internal StoredSuggestions With(BestPairs best) => this with
    {
        Pairs = [.. best.Ranked.Select(StoredPair.Of)],
        Bound = best.Bound is { } bound ? StoredPair.Of(bound) : null,
    };
}
