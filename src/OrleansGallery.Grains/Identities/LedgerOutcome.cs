using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>An identity right after a batch of operations.</summary>
/// <param name="State">The identity as the store has it now.</param>
/// <param name="Commit">The commit; null where nothing had to be committed.</param>
/// <param name="IsSearchable">Whether the identity has a direction to search.</param>
internal sealed record LedgerOutcome(IdentityState State, CommitReceipt? Commit, bool IsSearchable);
