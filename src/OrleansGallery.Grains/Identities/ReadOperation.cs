using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Reads the identity after everything that was sent before.</summary>
internal sealed class ReadOperation : LedgerOperation<IdentitySnapshot>
{
    /// <inheritdoc />
    protected override Task PlayOntoAsync(IdentityDraft draft, IdentityState state) => Task.CompletedTask;

    /// <inheritdoc />
    protected override IdentitySnapshot ToAnswer(LedgerOutcome outcome) => outcome.State.Describe();
}
