using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// One partition. Reentrant, because changes of different identities share commits: its rows are the committer's, and
/// the undecided changes below are only touched between awaits.
/// </summary>
[GrainType("gallery.partition"), ByPartition, RequiresRole(SiloRoles.Gallery), Reentrant, KeepAlive]
internal sealed partial class PartitionGrain(
    IGalleryStore store, SiloCommitter committer, LocalPartitions partitions, ILogger<PartitionGrain> logger)
    : Grain, IPartitionGrain
{
    private readonly Dictionary<string, Task> _undecided = new(StringComparer.Ordinal);
    private LocalPartition _partition = null!;
    private Gallery _gallery = null!;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (long gallery, _, int number, _) = GrainKeys.Parse(this.GetPrimaryKeyString());
        PartitionKey key = new(gallery, number);
        try
        {
            _gallery = StoreRecords.ToGallery(
                await store.FindGalleryAsync(gallery, cancellationToken) ?? throw NotFound(key));
            _partition = await new PartitionLoader(store, committer)
                .LoadAsync(key, _gallery.Dimension, cancellationToken) ?? throw NotFound(key);
        }
        catch (StoreException exception)
        {
            throw StoreErrors.ToStorageException(exception);
        }

        partitions.Add(_partition);
        PartitionSummary summary = _partition.Describe();
        Log.Activated(logger, key.Gallery, key.Partition, summary.Epoch, summary.Sequence, summary.Rows);
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_partition is not null)
        {
            partitions.Remove(_partition);
            _partition.MarkLost();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<CommitReceipt> CommitAsync(IdentityChange change)
    {
        RequireOwned();
        if (_undecided.ContainsKey(change.IdentityId))
        {
            throw new RetryException($"A change of identity '{change.IdentityId}' is under way.");
        }

        RequireVersion(change.IdentityId, change.ExpectedVersion);
        Task<CommitReceipt> verdict = committer.CommitAsync(_partition, change);
        _undecided.Add(change.IdentityId, verdict);
        try
        {
            return await verdict;
        }
        finally
        {
            _undecided.Remove(change.IdentityId);
            if (_partition.IsLost)
            {
                DeactivateOnIdle();
            }
        }
    }

    /// <inheritdoc />
    public Task ConfirmAsync(string identityId, long version)
    {
        RequireOwned();
        RequireVersion(identityId, version);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<IdentityRecord> LoadIdentityAsync(string identityId)
    {
        RequireOwned();
        if (_undecided.TryGetValue(identityId, out Task? verdict))
        {
            await verdict.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            RequireOwned();
        }

        return StoreRecords.ToRecord(
            await store.ReadIdentityAsync(_partition.Key, identityId, CancellationToken.None), _gallery);
    }

    /// <inheritdoc />
    public Task<PartitionSummary> DescribeAsync()
    {
        RequireOwned();
        return Task.FromResult(_partition.Describe());
    }

    /// <inheritdoc />
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken)
    {
        RequireOwned();
        return await new PartitionVerifier(store).VerifyAsync(_partition, _gallery.Dimension, cancellationToken);
    }

    /// <inheritdoc />
    public async Task RetireAsync()
    {
        if (await store.ReadPositionAsync(_partition.Key, CancellationToken.None) is null)
        {
            _partition.MarkLost();
            DeactivateOnIdle();
        }
    }

    private static GalleryNotFoundException NotFound(PartitionKey key) =>
        new($"There is no partition {key.Partition} of a gallery with number {key.Gallery}.");

    private void RequireVersion(string identityId, long believed)
    {
        long version = _partition.VersionOf(identityId);
        if (version != believed)
        {
            throw new RetryException($"Identity '{identityId}' is at version {version}, not at {believed}.");
        }
    }

    private void RequireOwned()
    {
        if (_partition.IsLost)
        {
            DeactivateOnIdle();
            throw new RetryException($"Partition {_partition.Key.Partition} has a new owner.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug,
            "Partition {Partition} of gallery {Gallery}: epoch {Epoch}, sequence {Sequence}, {Rows} rows")]
        public static partial void Activated(
            ILogger logger, long gallery, int partition, long epoch, long sequence, long rows);
    }
}
