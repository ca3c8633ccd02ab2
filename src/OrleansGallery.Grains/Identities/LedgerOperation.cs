namespace OrleansGallery.Grains;

/// <summary>One request that waits for its identity's next commit.</summary>
internal abstract class LedgerOperation
{
    /// <summary>Whether no other operation may follow it in the same commit.</summary>
    public virtual bool EndsBatch => false;

    /// <summary>Whether it shares its commit with no other operation of the identity, because it may be refused when
    /// it is committed.</summary>
    public virtual bool IsSingle => IsAlone;

    /// <summary>Whether it makes a commit of its own: it shares none with others, and what is known of the identity is
    /// read anew after it.</summary>
    public virtual bool IsAlone => false;

    /// <summary>About how many bytes it adds to a change at most: what it brings, and a facet's new sum.</summary>
    /// <param name="dimension">The gallery's dimension; 0: not known yet.</param>
    /// <returns>The bytes.</returns>
    public virtual long BytesOf(int dimension) => 1024 + (sizeof(long) * (long)dimension);

    /// <summary>Plays the operation onto a draft; a refusal is kept for <see cref="Answer"/>.</summary>
    public abstract Task PlayAsync(IdentityDraft draft, IdentityState state);

    /// <summary>Answers the caller after the draft was committed.</summary>
    public abstract void Answer(LedgerOutcome outcome);

    /// <summary>Answers the caller when the draft was not committed.</summary>
    public abstract void Fail(Exception exception);
}
