namespace OrleansGallery.Grains;

/// <summary>One request that waits for its identity's next commit.</summary>
internal abstract class LedgerOperation
{
    /// <summary>Whether no other operation may follow it in the same commit.</summary>
    public virtual bool EndsBatch => false;

    /// <summary>Plays the operation onto a draft; a refusal is kept for <see cref="Answer"/>.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="state">The identity as the store has it.</param>
    public abstract Task PlayAsync(IdentityDraft draft, IdentityState state);

    /// <summary>Answers the caller after the draft was committed.</summary>
    /// <param name="outcome">What became of the draft.</param>
    public abstract void Answer(LedgerOutcome outcome);

    /// <summary>Answers the caller when the draft was not committed.</summary>
    /// <param name="exception">Why.</param>
    public abstract void Fail(Exception exception);
}
