using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Changes the identity's attributes.</summary>
internal sealed class AttributesOperation(AttributesRequest request) : LedgerOperation<AttributesReceipt>
{
    private AttributeSet _attributes = AttributeSet.Empty;

    /// <inheritdoc />
    public override long BytesOf(int dimension) => base.BytesOf(dimension) + AttributeRules.MaxBytes;

    /// <inheritdoc />
    protected override Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        _attributes = draft.SetAttributes(request);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override AttributesReceipt ToAnswer(LedgerOutcome outcome) => new()
    {
        Version = outcome.State.Version, Attributes = _attributes.ToDictionary(),
    };
}
