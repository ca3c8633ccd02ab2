namespace OrleansGallery.Contracts;

/// <summary>A search for pairs of near identities: how far it is, or how it ended.</summary>
public sealed record SuggestionRunResponse
{
    /// <summary>Names it: whoever joins one under way has the same.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whether it goes on.</summary>
    public required SuggestionRunState State { get; init; }

    /// <summary>Identities that were searched for.</summary>
    public required long Searched { get; init; }

    /// <summary>Those that are to be; 0: not counted yet.</summary>
    public required long Total { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Why it failed; null: it did not.</summary>
    public string? Error { get; init; }
}
