using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>An erasure that a partition commits.</summary>
/// <param name="change">The erasure.</param>
/// <param name="now">The time.</param>
/// <param name="options">For how long it is remembered, and its contents are refused.</param>
internal sealed class ErasureOrder(ErasureChange change, DateTimeOffset now, CommitterOptions options) : OperationOrder
{
    /// <inheritdoc />
    public override Guid Token => change.Token;

    /// <inheritdoc />
    public override string OperationId => change.Receipt.OperationId;

    /// <inheritdoc />
    public override IReadOnlyList<IdentityChange> Changes => [change.Change];

    /// <summary>What the caller is told, once the write is made.</summary>
    public ErasureReceipt Receipt { get; private set; } = change.Receipt with
    {
        ErasedAt = now, RefusedUntil = options.RefuseErased > TimeSpan.Zero ? now + options.RefuseErased : null,
    };

    /// <inheritdoc />
    public override Task<bool> WriteAsync(IGalleryStore store, PartitionDraft draft)
    {
        PartitionWrite share = draft.ToWrite(Token);
        OperationSide side = Receipt.Identity;
        Receipt = Receipt with { Identity = side with { After = side.After with { Version = draft.Sequence } } };
        return store.CommitErasureAsync(new ErasureWrite
        {
            Share = share,
            ImageId = Receipt.ImageId,
            Count = Receipt.ImagesErased,
            RefusedUntil = Receipt.RefusedUntil,
            Operation = OperationRecords.ToStored(Receipt, change.Digest, now + options.KeepOperations),
        });
    }
}
