using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>A pair as it is stored.</summary>
public sealed record StoredPair
{
    /// <summary>The id that is first (ordinal).</summary>
    public required string One { get; init; }

    /// <summary>The other id.</summary>
    public required string Other { get; init; }

    /// <summary>Their score; 0 where it does not matter.</summary>
    public double Score { get; init; }

    internal IdentityPair Pair => new(One, Other);

    internal PairScore Ranked => new(Pair, Score);

    internal bool IsOf(Func<string, bool> isOne) => isOne(One) || isOne(Other);

    internal static StoredPair Of(PairScore pair) =>
        new() { One = pair.Pair.First, Other = pair.Pair.Second, Score = pair.Score };
}
