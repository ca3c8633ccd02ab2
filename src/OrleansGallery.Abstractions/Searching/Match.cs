namespace OrleansGallery.Abstractions;

/// <summary>One identity with its score.</summary>
[GenerateSerializer, Immutable, Alias("gallery.Match")]
public sealed record Match
{
    /// <summary>The identity's id.</summary>
    [Id(0)]
    public required string IdentityId { get; init; }

    /// <summary>Cosine similarity, canonical to the last bit.</summary>
    [Id(1)]
    public required double Score { get; init; }

    /// <summary>The identity's images.</summary>
    [Id(2)]
    public required long Count { get; init; }
}
