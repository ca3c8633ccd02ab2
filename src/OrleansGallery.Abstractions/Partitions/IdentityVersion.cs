namespace OrleansGallery.Abstractions;

/// <summary>What an identity's owner hears from its partition before it reads the identity from the store.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentityVersion")]
public sealed record IdentityVersion
{
    /// <summary>The identity's version; 0: it has no image, there is nothing to read.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>Components of an embedding in this gallery.</summary>
    [Id(1)]
    public required int Dimension { get; init; }

    /// <summary>Whether each embedding is L2-normalised before it is stored and summed.</summary>
    [Id(2)]
    public required bool NormalizeFirst { get; init; }
}
