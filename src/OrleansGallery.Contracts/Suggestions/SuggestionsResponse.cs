namespace OrleansGallery.Contracts;

/// <summary>Pairs of identities that may be one, as <c>GET /v1/galleries/{g}/suggestions</c> answers.</summary>
public sealed record SuggestionsResponse
{
    /// <summary>The page, by the score that the last search found, best first; equal scores by ids (ordinal). Pairs of
    /// which one is gone, or that are too far from each other by now, are left out.</summary>
    public required IReadOnlyList<SuggestionResponse> Suggestions { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>From which score on the last search looked; null: any.</summary>
    public double? MinScore { get; init; }

    /// <summary>Only so many pairs are kept: below this score some are missing. Null: none is missing.</summary>
    public double? CutAt { get; init; }

    /// <summary>When the last search began, of which the pairs are; null: there was none.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>Whether identities changed since: a refresh searches for those.</summary>
    public required bool Stale { get; init; }

    /// <summary>How many pairs are put aside as not the same.</summary>
    public required int Dismissed { get; init; }

    /// <summary>The search under way, or how the last one ended; null: none is known.</summary>
    public SuggestionRunResponse? Refresh { get; init; }
}
