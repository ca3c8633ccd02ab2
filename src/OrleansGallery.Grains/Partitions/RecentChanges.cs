using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>What changed last in a partition, in order: a bounded list, so that whoever follows the partition need not
/// look at all of its identities. One writer or reader at a time.</summary>
/// <param name="sequence">Where the partition stood when the list began.</param>
/// <param name="capacity">So many are remembered.</param>
internal sealed class RecentChanges(long sequence, int capacity)
{
    private readonly Queue<(long Sequence, string? IdentityId, UInt128 Digest)> _entries = new();

    /// <summary>Everything that changed after this sequence is here.</summary>
    public long CompleteAfter { get; private set; } = sequence;

    /// <summary>Notes a change.</summary>
    /// <param name="at">Its sequence; not an earlier one than before.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="isRemoved">Whether it is gone; then its name is not kept.</param>
    public void Add(long at, string identityId, bool isRemoved)
    {
        if (_entries.Count == capacity)
        {
            CompleteAfter = _entries.Dequeue().Sequence;
        }

        _entries.Enqueue(isRemoved ? (at, null, StoredRemoval.DigestOf(identityId)) : (at, identityId, default));
    }

    /// <summary>The changes after a sequence, in order.</summary>
    /// <param name="after">Not before <see cref="CompleteAfter"/>.</param>
    public IEnumerable<(long Sequence, string? IdentityId, UInt128 Digest)> After(long after) =>
        _entries.SkipWhile(entry => entry.Sequence <= after);
}
