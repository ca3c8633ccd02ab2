using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// One partition. Reentrant, because changes of different identities share commits: its rows are the committer's, and
/// the undecided changes below are only touched between awaits. It stays as long as its rows are used, which searches
/// do without calling it: <see cref="IdlePartitions"/> ends it. One that moves is searched where it was until the other
/// silo has it.
/// </summary>
[GrainType("gallery.partition"), ByPartition, RequiresRole(SiloRoles.Gallery), Reentrant, KeepAlive]
internal sealed partial class PartitionGrain(
    IGalleryStore store, PartitionLoader loader, SiloCommitter committer, LocalPartitions partitions,
    PartitionOwnership ownership, OwnershipLease lease, SiloPartitionsClient silos, ILocalSiloDetails silo,
    ChangeReader changes,
    IOptions<PartitionOptions> options, IOptions<CommitterOptions> committing, TimeProvider time,
    ILogger<PartitionGrain> logger)
    : Grain, IPartitionGrain, IGrainMigrationParticipant
{
    // Under which name an activation takes along where it was.
    private const string FromKey = "gallery.from";

    // What a silo that stops may spend on telling that a partition is free.
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Task> _undecided = new(StringComparer.Ordinal);
    private LocalPartition _partition = null!;
    private Gallery _gallery = null!;
    private PartitionPlace? _from;

    private TimeSpan UntilFirstAck => time.GetElapsedTime(time.GetTimestamp(), _partition.FirstAck);

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (long gallery, _, int number, _) = GrainKeys.Parse(this.GetPrimaryKeyString());
        PartitionKey key = new(gallery, number);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.LoadTime);
        try
        {
            _gallery = StoreRecords.ToGallery(
                await store.FindGalleryAsync(gallery, limit.Token) ?? throw NotFound(key));
            LocalPartition loaded = await loader.LoadAsync(
                key, Guid.NewGuid(), _gallery, limit.Token,
                ownership.WatchFor(key, _gallery.Partitions, silo.SiloAddress)) ?? throw NotFound(key);
            Publish(loaded);
            await TakeOverAsync();
        }
        catch (StoreAwayException exception)
        {
            throw StoreErrors.ToGalleryException(exception);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new RetryException(
                $"Loading partition {number} of gallery number {gallery} took longer than {options.Value.LoadTime} "
                + $"({PartitionOptions.Section}:{nameof(PartitionOptions.LoadTime)}), or its silo stops.");
        }
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_partition is null)
        {
            return;
        }

        // One that may not acknowledge yet cannot hand over either: its last owner may still answer from memory.
        LocalPartition partition = _partition;
        bool mayHandOver = UntilFirstAck <= TimeSpan.Zero;
        if (reason.ReasonCode == DeactivationReasonCode.Migrating && mayHandOver
            && partition.TryLeave(time.GetTimestamp(), () => partitions.Remove(partition)))
        {
            return;
        }

        partitions.Remove(partition);
        bool isOurs = partition.Hold == PartitionHold.Owned && partition.IsTaken && mayHandOver;
        partition.GiveUp(LocalPartition.Moved(partition.Key).Message);
        if (isOurs)
        {
            await ReleaseAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_partition is { IsLeaving: true })
        {
            dehydrationContext.TryAddValue(FromKey, _partition.PlaceOn(silo.SiloAddress));
        }
    }

    /// <inheritdoc />
    public void OnRehydrate(IRehydrationContext rehydrationContext) =>
        rehydrationContext.TryGetValue(FromKey, out _from);

    /// <inheritdoc />
    public async Task<CommitReceipt> CommitAsync(IdentityChange change)
    {
        RequireFree(change);
        Task<CommitReceipt> verdict = committer.CommitAsync(_partition, change);
        _undecided.Add(change.IdentityId, verdict);
        try
        {
            CommitReceipt receipt = await verdict;
            await UntilFirstAckAsync();
            return receipt;
        }
        finally
        {
            _undecided.Remove(change.IdentityId);
        }
    }

    /// <inheritdoc />
    public async Task ConfirmAsync(string identityId, long version)
    {
        RequireHeld();
        if (_partition.Hold == PartitionHold.Doubtful)
        {
            throw new RetryException(
                $"Whether the last commit of partition {_partition.Key.Partition} happened is being found out.");
        }

        if (!lease.IsConfirmed(_partition))
        {
            throw new RetryException(
                $"The store has not confirmed for {lease.AgeOf(_partition).TotalSeconds:0.0} s that partition "
                + $"{_partition.Key.Partition} is still this silo's; nothing is answered from memory meanwhile.");
        }

        RequireVersion(identityId, version);
        _partition.Touch(time);
        await UntilFirstAckAsync();
    }

    /// <inheritdoc />
    public async Task<IdentityVersion> GetVersionAsync(string identityId)
    {
        RequireHeld();
        while (_undecided.TryGetValue(identityId, out Task? verdict))
        {
            await verdict.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            RequireHeld();
        }

        _partition.Touch(time);
        return new IdentityVersion
        {
            Version = _partition.VersionOf(identityId),
            Dimension = _gallery.Dimension,
            NormalizeFirst = _gallery.Settings.NormalizeFirst,
        };
    }

    /// <inheritdoc />
    public Task<PartitionPlace> LocateAsync()
    {
        RequireHeld();
        return Task.FromResult(_partition.PlaceOn(silo.SiloAddress));
    }

    /// <inheritdoc />
    public Task MoveAsync(SiloAddress to)
    {
        if (!to.Equals(silo.SiloAddress))
        {
            // It moves once its calls are answered.
            _partition.StopWaiting();
            this.MigrateTo(to);
        }

        return Task.CompletedTask;
    }

    private static GalleryNotFoundException NotFound(PartitionKey key) =>
        new($"There is no partition {key.Partition} of a gallery with number {key.Gallery}.");

    // Certain by now: from here on searches find it, and other silos hear of it.
    private void Publish(LocalPartition loaded)
    {
        _partition = loaded;
        loaded.Touch(time);
        IGrainContext context = GrainContext;
        DeactivationReason reason =
            new(DeactivationReasonCode.ApplicationRequested, "The partition is needed here no more.");
        loaded.LetGo = () => context.Deactivate(reason);
        partitions.Add(loaded, loaded.PlaceOn(silo.SiloAddress));
        PartitionSummary summary = loaded.Describe();
        Log.Activated(
            logger, loaded.Key.Gallery, loaded.Key.Partition, summary.Epoch, summary.Sequence, summary.Rows);
    }

    // Where it was, it is searched until here: once that silo answers no more, changes are acknowledged.
    private async Task TakeOverAsync()
    {
        // One that could not be taken only reads; another epoch says that somebody else had it in between.
        if (_from is null || _partition.Held.Epoch != _from.Epoch + (_partition.IsTaken ? 1 : 0))
        {
            return;
        }

        try
        {
            await silos.On(_from.Silo).LetGoAsync(_partition.PlaceOn(silo.SiloAddress));
            if (_partition.IsTaken)
            {
                _partition.Acknowledge(time.GetTimestamp());
            }
        }
#pragma warning disable CA1031 // It ends by itself when its lease does, for which the first change waits.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotLetGo(logger, _from.Silo, _partition.Key.Gallery, _partition.Key.Partition, exception);
        }
    }

    // Its last owner, where it did not hand over, may not know yet that it is none.
    private Task UntilFirstAckAsync() =>
        UntilFirstAck is var left && left > TimeSpan.Zero ? Task.Delay(left, time) : Task.CompletedTask;

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReleaseTime);
        try
        {
            await store.ReleasePartitionAsync(_partition.Held, limit.Token);
        }
        catch (Exception exception) when (exception is StoreAwayException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The next owner takes it all the same.
            Log.NotReleased(logger, _partition.Key.Gallery, _partition.Key.Partition, exception);
        }
    }

    private void RequireVersion(string identityId, long believed)
    {
        long version = _partition.VersionOf(identityId);
        if (version != believed)
        {
            throw new RetryException($"Identity '{identityId}' is at version {version}, not at {believed}.")
            {
                NothingWritten = true,
            };
        }
    }

    private void RequireHeld()
    {
        if (_partition.IsLost)
        {
            throw LocalPartition.Moved(_partition.Key);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug,
            "Partition {Partition} of gallery {Gallery}: epoch {Epoch}, sequence {Sequence}, {Rows} rows")]
        public static partial void Activated(
            ILogger logger, long gallery, int partition, long epoch, long sequence, long rows);

        [LoggerMessage(LogLevel.Information,
            "Silo {Silo} did not say that it answers no more from partition {Partition} of gallery {Gallery}")]
        public static partial void NotLetGo(
            ILogger logger, SiloAddress silo, long gallery, int partition, Exception exception);

        [LoggerMessage(LogLevel.Information,
            "Partition {Partition} of gallery {Gallery} was left without telling the store")]
        public static partial void NotReleased(ILogger logger, long gallery, int partition, Exception exception);
    }
}
