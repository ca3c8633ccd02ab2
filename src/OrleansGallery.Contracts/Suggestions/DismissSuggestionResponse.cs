namespace OrleansGallery.Contracts;

/// <summary>What became of a pair.</summary>
public sealed record DismissSuggestionResponse
{
    /// <summary>The one identity.</summary>
    public required string One { get; init; }

    /// <summary>The other.</summary>
    public required string Other { get; init; }

    /// <summary>Whether it is put aside: it is not suggested then.</summary>
    public required bool Dismissed { get; init; }
}
