namespace OrleansGallery.Abstractions;

/// <summary>One identity with its score, as it crosses the wire.</summary>
[GenerateSerializer, Immutable, Alias("gallery.Match")]
internal struct MatchOnTheWire
{
    /// <summary>The identity's id.</summary>
    [Id(0)]
    public string IdentityId { get; set; }

    /// <summary>Cosine similarity, canonical to the last bit.</summary>
    [Id(1)]
    public double Score { get; set; }

    /// <summary>The identity's images.</summary>
    [Id(2)]
    public long Count { get; set; }
}
