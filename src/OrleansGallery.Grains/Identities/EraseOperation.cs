using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Erases an image or the identity, in a commit of its own.</summary>
internal sealed class EraseOperation(EraseRequest request, IdentityErasure erasure) : LedgerOperation<ErasureReceipt>
{
    private ErasureReceipt? _receipt;

    /// <inheritdoc />
    public override bool IsAlone => true;

    /// <inheritdoc />
    protected override async Task PlayOntoAsync(IdentityDraft draft, IdentityState state) =>
        _receipt = await erasure.RunAsync(request, state);

    /// <inheritdoc />
    protected override ErasureReceipt ToAnswer(LedgerOutcome outcome) => _receipt!;
}
