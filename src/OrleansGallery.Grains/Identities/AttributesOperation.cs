using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Changes the identity's attributes.</summary>
internal sealed class AttributesOperation(AttributesRequest request) : LedgerOperation<AttributesReceipt>
{
    /// <inheritdoc />
    public override long BytesOf(int dimension) => base.BytesOf(dimension) + request.Bytes;

    /// <inheritdoc />
    protected override Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        draft.SetAttributes(request);
        return Task.CompletedTask;
    }

    // What the version stands for: others of the same commit may have changed them, too.
    /// <inheritdoc />
    protected override AttributesReceipt ToAnswer(LedgerOutcome outcome) => new()
    {
        Version = outcome.State.Version, Attributes = outcome.State.Attributes.ToDictionary(),
    };
}
