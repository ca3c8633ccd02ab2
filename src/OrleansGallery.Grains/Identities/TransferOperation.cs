using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Gives images to another identity, in a commit of its own.</summary>
internal sealed class TransferOperation(TransferOrder order, IdentityTransfer transfer)
    : LedgerOperation<OperationReceipt>
{
    private OperationReceipt? _receipt;

    /// <inheritdoc />
    public override bool IsAlone => true;

    /// <inheritdoc />
    protected override async Task PlayOntoAsync(IdentityDraft draft, IdentityState state) =>
        _receipt = await transfer.RunAsync(order, state);

    /// <inheritdoc />
    protected override OperationReceipt ToAnswer(LedgerOutcome outcome) => _receipt!;
}
