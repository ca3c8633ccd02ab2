using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>One line of a list of identities.</summary>
/// <param name="IdentityId">The identity's id.</param>
/// <param name="Version">The partition's sequence at which it last changed.</param>
/// <param name="Count">Its images.</param>
public sealed record IdentityListing(string IdentityId, long Version, long Count)
{
    /// <summary>Its attributes.</summary>
    public AttributeSet Attributes { get; init; } = AttributeSet.Empty;
}
