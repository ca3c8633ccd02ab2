using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>An operation over two identities that a partition commits.</summary>
/// <param name="change">The operation.</param>
/// <param name="partitions">Into how many partitions the gallery is cut.</param>
/// <param name="expires">Until when the operation is remembered.</param>
internal sealed class JointOrder(JointChange change, int partitions, DateTimeOffset expires) : OperationOrder
{
    private OperationReceipt? _receipt;

    /// <inheritdoc />
    public override Guid Token => change.Token;

    /// <inheritdoc />
    public override string OperationId => change.Receipt.OperationId;

    /// <inheritdoc />
    public override IReadOnlyList<IdentityChange> Changes => change.Changes;

    /// <inheritdoc />
    public override IdentityChange? Second => change.Changes.Count > 1 ? change.Changes[1] : null;

    /// <summary>What the caller is told, once the write is made.</summary>
    public OperationReceipt Receipt => _receipt ?? change.Receipt;

    /// <inheritdoc />
    public override Task<bool> WriteAsync(IGalleryStore store, PartitionDraft draft) =>
        store.CommitJointAsync(ToWrite(draft));

    private JointWrite ToWrite(PartitionDraft draft)
    {
        PartitionWrite own = draft.ToWrite(Token);
        long gallery = own.Held.Key.Gallery;
        PartitionWrite[] shares = change is { Lent: { } lent, LentChange: { } other }
            ? [own, ToWrite(gallery, lent, other)]
            : [own];
        (string from, string to) = (change.Receipt.Source.IdentityId, change.Receipt.Target.IdentityId);
        (PartitionKey fromKey, PartitionKey toKey) = (KeyOf(gallery, from), KeyOf(gallery, to));
        _receipt = change.Receipt with
        {
            Source = At(change.Receipt.Source, VersionOf(shares, fromKey)),
            Target = At(change.Receipt.Target, VersionOf(shares, toKey)),
        };
        return new JointWrite
        {
            Shares = shares,
            Transfer = new ImageTransfer
            {
                From = fromKey,
                FromIdentity = from,
                To = toKey,
                ToIdentity = to,
                ImageIds = change.ImageIds,
                Count = change.Receipt.ImagesMoved,
            },
            Operation = OperationRecords.ToStored(_receipt, change.Digest, expires),
        };
    }

    private static OperationSide At(OperationSide side, long version) =>
        side with { After = side.After with { Version = version } };

    private static long VersionOf(PartitionWrite[] shares, PartitionKey key) =>
        shares.Single(share => share.Held.Key == key).Sequence + 1;

    private PartitionKey KeyOf(long gallery, string identityId) =>
        new(gallery, PartitionFunction.PartitionOf(identityId, partitions));

    private PartitionWrite ToWrite(long gallery, LentShare lent, IdentityChange other) => new()
    {
        Held = new PartitionOwner(new PartitionKey(gallery, lent.Partition), lent.Owner, lent.Epoch),
        Sequence = lent.Sequence,
        Token = Token,
        Totals = new StoredTotals(lent.Identities, lent.Images, lent.Rows, Hash256.FromBytes(lent.Hash)),
        Identities = [StoreRecords.ToWrite(other, Hash256.FromBytes(other.Hash))],
    };
}
