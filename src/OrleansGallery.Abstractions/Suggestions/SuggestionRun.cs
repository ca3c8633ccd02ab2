using OrleansGallery.Contracts;

namespace OrleansGallery.Abstractions;

/// <summary>A search for pairs: how far it is, or how it ended.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SuggestionRun")]
public sealed record SuggestionRun
{
    /// <summary>Names it.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Whether it goes on.</summary>
    [Id(1)]
    public required SuggestionRunState State { get; init; }

    /// <summary>Identities that were searched for.</summary>
    [Id(2)]
    public required long Searched { get; init; }

    /// <summary>Those that are to be; 0: not counted yet.</summary>
    [Id(3)]
    public required long Total { get; init; }

    /// <summary>When it began.</summary>
    [Id(4)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Why it failed; null: it did not.</summary>
    [Id(5)]
    public string? Error { get; init; }
}
