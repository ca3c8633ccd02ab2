namespace OrleansGallery.Abstractions;

/// <summary>A page of suggestions.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SuggestionPage")]
public sealed record SuggestionPage
{
    /// <summary>The pairs, best first.</summary>
    [Id(0)]
    public required IReadOnlyList<MergeSuggestion> Suggestions { get; init; }

    /// <summary>Where the next page starts; null at the end.</summary>
    [Id(1)]
    public int? Next { get; init; }

    /// <summary>From which score on the last search looked; null: any, or there was none.</summary>
    [Id(2)]
    public double? MinScore { get; init; }

    /// <summary>The score of the last pair of which none before it is missing; null: none is missing at all.</summary>
    [Id(3)]
    public double? CutAt { get; init; }

    /// <summary>When the last search began; null: there was none.</summary>
    [Id(4)]
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>Whether identities changed since.</summary>
    [Id(5)]
    public bool IsStale { get; init; }

    /// <summary>The pairs that are put aside.</summary>
    [Id(6)]
    public int Dismissed { get; init; }

    /// <summary>The search under way, or the last one of this process; null: none is known.</summary>
    [Id(7)]
    public SuggestionRun? Run { get; init; }
}
