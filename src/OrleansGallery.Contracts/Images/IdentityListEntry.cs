using System.Collections.Frozen;

namespace OrleansGallery.Contracts;

/// <summary>One line of a list of identities.</summary>
public sealed record IdentityListEntry
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>The partition's sequence at which the identity last changed.</summary>
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>Its attributes.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = FrozenDictionary<string, string>.Empty;
}
