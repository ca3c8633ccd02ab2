using System.Collections.Frozen;

namespace OrleansGallery.Abstractions;

/// <summary>One line of a list of identities.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentityEntry")]
public sealed record IdentityEntry
{
    /// <summary>The identity's id.</summary>
    [Id(0)]
    public required string IdentityId { get; init; }

    /// <summary>The partition's sequence at which it last changed.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    [Id(2)]
    public required long Count { get; init; }

    /// <summary>Its attributes.</summary>
    [Id(3)]
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = FrozenDictionary<string, string>.Empty;
}
