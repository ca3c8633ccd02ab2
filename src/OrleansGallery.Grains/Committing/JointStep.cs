using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>What a partition does for an operation over two identities.</summary>
internal abstract class JointStep
{
    /// <summary>The change of the second identity, where both are of one partition.</summary>
    public virtual IdentityChange? Second => null;
}
