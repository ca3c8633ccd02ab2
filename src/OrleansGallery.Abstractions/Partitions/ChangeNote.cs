namespace OrleansGallery.Abstractions;

/// <summary>What is remembered of a change under an id of its gallery: a change whose id is taken is refused.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ChangeNote")]
public sealed record ChangeNote
{
    /// <summary>The id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>SHA-256 of what was asked for, 32 bytes.</summary>
    [Id(1)]
    public required byte[] Digest { get; init; }

    /// <summary>What its caller was told.</summary>
    [Id(2)]
    public required string Receipt { get; init; }

    /// <summary>Until when it is remembered.</summary>
    [Id(3)]
    public required DateTimeOffset ExpiresAt { get; init; }
}
