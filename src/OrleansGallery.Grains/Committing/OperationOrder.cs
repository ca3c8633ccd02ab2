using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>An operation that a partition commits by itself, with what is remembered of it.</summary>
internal abstract class OperationOrder : JointStep
{
    /// <summary>The commit's token.</summary>
    public abstract Guid Token { get; }

    /// <summary>The operation's id.</summary>
    public abstract string OperationId { get; }

    /// <summary>The changes of the partition's own identities, one or two.</summary>
    public abstract IReadOnlyList<IdentityChange> Changes { get; }

    /// <summary>Writes it.</summary>
    /// <param name="store">Where.</param>
    /// <param name="draft">What it makes of the partition.</param>
    /// <returns>Whether it was written; false: a partition is another's, or went on.</returns>
    public abstract Task<bool> WriteAsync(IGalleryStore store, PartitionDraft draft);
}
