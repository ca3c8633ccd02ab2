using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A store whose commits a test can hold, or make fail before or after they happened.</summary>
internal sealed class FaultyStore(IGalleryStore inner) : ForwardingStore(inner)
{
    private readonly List<IGalleryStore> _left = [];

    /// <summary>Called before every write, as a full disk would refuse each of them.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Called before the commit is handed on.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>Called with a group before it is handed on; what it gives is awaited.</summary>
    public Func<IReadOnlyList<PartitionWrite>, Task>? Committing { get; set; }

    /// <summary>Called after the commit has happened.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Called before an operation over two identities is handed on.</summary>
    public Action? BeforeJoint { get; set; }

    /// <summary>Called after it has happened.</summary>
    public Action? AfterJoint { get; set; }

    /// <summary>Called before an erasure is handed on.</summary>
    public Action? BeforeErasure { get; set; }

    /// <summary>Called after it has happened.</summary>
    public Action? AfterErasure { get; set; }

    /// <summary>Called before what an identity left behind is deleted.</summary>
    public Action? BeforePurgeIdentity { get; set; }

    /// <summary>Whether an older state is read, so that what was deleted cannot be forgotten.</summary>
    public Func<bool>? IsOlderStateRead { get; set; }

    /// <summary>Called before a partition is retaken.</summary>
    public Action? BeforeRetake { get; set; }

    /// <summary>Called after a partition was retaken: its answer may be lost.</summary>
    public Action? AfterRetake { get; set; }

    /// <summary>Called before a partition's rows are read.</summary>
    public Action<PartitionKey>? BeforeRead { get; set; }

    /// <summary>Awaited before a partition's rows are read.</summary>
    public Func<Task>? Reading { get; set; }

    /// <summary>Whether nobody remembers any more what was removed.</summary>
    public bool ForgetsRemovals { get; set; }

    /// <summary>Called before a partition is read with all its images.</summary>
    public Func<Task>? BeforeAudit { get; set; }

    /// <summary>Awaited before a gallery's partitions are described.</summary>
    public Func<Task>? BeforeDescribe { get; set; }

    /// <summary>Awaited before an identity's images are read.</summary>
    public Func<Task>? BeforeImages { get; set; }

    /// <summary>Awaited before an erasure is handed on.</summary>
    public Func<Task>? Erasing { get; set; }

    /// <summary>Called with every row that is read.</summary>
    public Action<StoredRow>? OnRow { get; set; }

    /// <summary>Called before owners are confirmed.</summary>
    public Action? BeforeConfirm { get; set; }

    /// <summary>Called when the store has said who owns what, before the silo hears it.</summary>
    public Action? AfterConfirm { get; set; }

    /// <summary>Called before a search basis is stored.</summary>
    public Action? BeforePutBasis { get; set; }

    /// <summary>Groups that were handed on.</summary>
    public List<int> GroupSizes { get; } = [];

    /// <summary>How many partitions were taken, by anybody, through this handle.</summary>
    public int Taken { get; private set; }

    /// <summary>Every call goes to another store from now on, as when a standby takes a primary's place.</summary>
    /// <param name="store">The other store; this one closes it.</param>
    public void Promote(IGalleryStore store)
    {
        _left.Add(Inner);
        Inner = store;
    }

    public override Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes) =>
        WriteAsync(async () =>
        {
            lock (GroupSizes)
            {
                GroupSizes.Add(writes.Sum(write => write.Identities.Count));
            }

            BeforeCommit?.Invoke();
            if (Committing is { } committing)
            {
                await committing(writes);
            }

            IReadOnlyList<bool> applied = await Inner.CommitAsync(writes);
            AfterCommit?.Invoke();
            return applied;
        });

    public override Task<bool> CommitJointAsync(JointWrite write) => WriteAsync(async () =>
    {
        BeforeJoint?.Invoke();
        bool written = await Inner.CommitJointAsync(write);
        AfterJoint?.Invoke();
        return written;
    });

    public override Task<bool> CommitErasureAsync(ErasureWrite write) => WriteAsync(async () =>
    {
        BeforeErasure?.Invoke();
        await (Erasing?.Invoke() ?? Task.CompletedTask);
        bool written = await Inner.CommitErasureAsync(write);
        AfterErasure?.Invoke();
        return written;
    });

    public override Task<bool> PurgeIdentityAsync(
        PartitionKey key, string identityId, int rows, CancellationToken cancellationToken) => WriteAsync(() =>
    {
        BeforePurgeIdentity?.Invoke();
        return Inner.PurgeIdentityAsync(key, identityId, rows, cancellationToken);
    });

    public override Task<bool> TryForgetDeletedAsync(CancellationToken cancellationToken) =>
        IsOlderStateRead?.Invoke() ?? false ? Task.FromResult(false) : base.TryForgetDeletedAsync(cancellationToken);

    public override Task<PartitionPosition?> RetakePartitionAsync(
        PartitionOwner held, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        BeforeRetake?.Invoke();
        PartitionPosition? position = await Inner.RetakePartitionAsync(held, cancellationToken);
        AfterRetake?.Invoke();
        return position;
    });

    public override Task<TakenPartition?> TakePartitionAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken) => WriteAsync(() =>
    {
        Taken++;
        return Inner.TakePartitionAsync(key, owner, cancellationToken);
    });

    public override async Task<IReadOnlyList<long?>> ConfirmOwnersAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken)
    {
        BeforeConfirm?.Invoke();
        IReadOnlyList<long?> sequences = await Inner.ConfirmOwnersAsync(held, cancellationToken);
        AfterConfirm?.Invoke();
        return sequences;
    }

    public override Task<bool> PutSearchBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken) =>
        WriteAsync(() =>
        {
            BeforePutBasis?.Invoke();
            return Inner.PutSearchBasisAsync(gallery, expectedVersion, basis, cancellationToken);
        });

    public override async Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken)
    {
        await Task.Yield();
        BeforeRead?.Invoke(key);
        if (Reading is { } reading)
        {
            await reading().WaitAsync(cancellationToken);
        }

        await Inner.ReadRowsAsync(
            key, after,
            row =>
            {
                OnRow?.Invoke(row);
                onRow(row);
            },
            cancellationToken);
    }

    public override async Task AuditPartitionAsync(
        PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken)
    {
        await (BeforeAudit?.Invoke() ?? Task.CompletedTask);
        await Inner.AuditPartitionAsync(key, audit, cancellationToken);
    }

    public override async Task<IReadOnlyList<PartitionState>> ReadPartitionsAsync(
        long gallery, CancellationToken cancellationToken)
    {
        await (BeforeDescribe?.Invoke() ?? Task.CompletedTask);
        return await Inner.ReadPartitionsAsync(gallery, cancellationToken);
    }

    public override Task<IReadOnlyList<StoredRemoval>?> ReadRemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken) => ForgetsRemovals
        ? Task.FromResult<IReadOnlyList<StoredRemoval>?>(null)
        : base.ReadRemovalsAsync(key, after, cancellationToken);

    public override async Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
        CancellationToken cancellationToken)
    {
        await (BeforeImages?.Invoke() ?? Task.CompletedTask);
        return await Inner.ReadImagesAsync(key, identityId, after, limit, withEmbeddings, cancellationToken);
    }

    // Off the caller's thread: a test may block here.
    protected override async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        await Task.Yield();
        BeforeWrite?.Invoke();
        return await write();
    }

    protected override void Dispose(bool disposing)
    {
        _left.ForEach(store => store.Dispose());
        base.Dispose(disposing);
    }
}
