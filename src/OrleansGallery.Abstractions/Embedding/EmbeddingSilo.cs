namespace OrleansGallery.Abstractions;

/// <summary>A silo that runs models.</summary>
[GenerateSerializer, Immutable, Alias("gallery.EmbeddingSilo")]
public sealed record EmbeddingSilo
{
    /// <summary>Its address, which no other start of it has.</summary>
    [Id(0)]
    public required SiloAddress Address { get; init; }

    /// <summary>Its plain name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Whether it takes work; else it only finishes what it has.</summary>
    [Id(2)]
    public required bool IsActive { get; init; }
}
