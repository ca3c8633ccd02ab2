namespace OrleansGallery.Abstractions;

/// <summary>Which pairs of identities are looked for.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SuggestionOrder")]
public sealed record SuggestionOrder
{
    /// <summary>How many pairs are kept where nothing is said.</summary>
    public const int DefaultPairs = 500;

    /// <summary>The most pairs that are kept: a search has no more matches.</summary>
    public const int MaxPairs = 900;

    /// <summary>The lowest score, -1 to 1; null: the gallery's threshold, or any where it has none.</summary>
    [Id(0)]
    public double? MinScore { get; init; }

    /// <summary>How many pairs are kept, the best, 1 to <see cref="MaxPairs"/>; null: <see cref="DefaultPairs"/>.
    /// </summary>
    [Id(1)]
    public int? Pairs { get; init; }

    /// <summary>Whether all identities are searched for again.</summary>
    [Id(2)]
    public bool IsFull { get; init; }
}
