using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests about near pairs and their answers look like.</summary>
internal static class SuggestionExamples
{
    public static RefreshSuggestionsRequest Refresh { get; } = new() { MinScore = 0.62, Pairs = 500 };

    public static SuggestionRunResponse Run { get; } = new()
    {
        Id = new Guid("5f0c8a1e-7d4b-4c39-9d4e-2b8f5a1c6e70"),
        State = SuggestionRunState.Running,
        Searched = 120,
        Total = 659,
        StartedAt = DateTimeOffset.UnixEpoch.AddYears(56),
    };

    public static SuggestionsResponse List { get; } = new()
    {
        Suggestions =
        [
            new SuggestionResponse
            {
                One = new SuggestedIdentityResponse { Identity = "p42", Count = 4, Dispersion = 0.12 },
                Other = new SuggestedIdentityResponse { Identity = "p7", Count = 9, Dispersion = 0.1 },
                Score = 0.81,
                Mutual = true,
                MergedDispersion = 0.13,
                SharedFacets = ["c3"],
                Changed = false,
            },
        ],
        Next = "20",
        MinScore = 0.62,
        RefreshedAt = DateTimeOffset.UnixEpoch.AddYears(56),
        Stale = false,
        Dismissed = 1,
        Refresh = Run with { State = SuggestionRunState.Done, Searched = 659 },
    };

    public static DismissSuggestionRequest Dismiss { get; } = new() { One = "p42", Other = "p7" };

    public static DismissSuggestionResponse Dismissed { get; } =
        new() { One = "p42", Other = "p7", Dismissed = true };

    public static ConfusabilityResponse Confusability { get; } = new()
    {
        One = new ConfusedIdentityResponse
        {
            Identity = "p42", Version = 9, Count = 4, Dispersion = 0.12, Compared = 4, NearerToOther = 1, Share = 0.25,
        },
        Other = new ConfusedIdentityResponse
        {
            Identity = "p7", Version = 12, Count = 9, Dispersion = 0.1, Compared = 9, NearerToOther = 0, Share = 0,
        },
        Score = 0.81,
        MergedDispersion = 0.13,
        SharedFacets = ["c3"],
    };
}
