using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Carries out transfers of one identity's images to others. The identity's ledger stands still meanwhile; the other
/// identity is held by its version alone, so that two opposite transfers do not wait for each other: one of them finds
/// a version changed, or a change under way, and begins anew.
/// </summary>
/// <param name="grains">Finds partitions and identities.</param>
/// <param name="store">The store.</param>
/// <param name="instruments">Telemetry.</param>
/// <param name="key">The identity's partition.</param>
/// <param name="partitions">Into how many partitions the gallery is cut.</param>
internal sealed class IdentityTransfer(
    IGrainFactory grains, IGalleryStore store, GrainsInstruments instruments, PartitionKey key, int partitions)
{
    /// <summary>Carries one out, or finds that it was.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="source">The identity.</param>
    /// <returns>The receipt.</returns>
    public Task<OperationReceipt> RunAsync(TransferOrder order, IdentityState source) => OperationAttempts.RunAsync(
        () => FindAsync(order),
        async isFirst => await RunOnceAsync(order, isFirst ? source : await HomeOf(source.IdentityId).LoadAsync()),
        done => ShowAsync(order, source.IdentityId, done));

    // Nobody hears of it before both partitions show it, and nobody else answers from what they were.
    private async Task<OperationReceipt> ShowAsync(TransferOrder order, string sourceId, OperationReceipt done)
    {
        foreach (string identityId in new[] { sourceId, order.Request.TargetId })
        {
            await ConfirmAsync(identityId, (await PartitionWith(identityId).GetVersionAsync(identityId)).Version);
        }

        await TellAsync(order.Request.TargetId);
        return done;
    }

    private async Task<OperationReceipt?> FindAsync(TransferOrder order)
    {
        StoredOperation? found = await store.ReadOperationAsync(
            key.Gallery, order.Request.OperationId, CancellationToken.None);
        if (found is null)
        {
            return null;
        }

        OperationRecords.RequireSame(found, order.Digest);
        return OperationRecords.ToReceipt(found);
    }

    private async Task<OperationReceipt> RunOnceAsync(TransferOrder order, IdentityState source)
    {
        if (order.IsForgotten)
        {
            throw OperationRecords.NotFound(order.UndoneId!);
        }

        string targetId = order.Request.TargetId;
        IdentityState target = await HomeOf(targetId).LoadAsync();
        TransferPlan plan = await PlanAsync(order, source, target);
        JointChange change = new()
        {
            Token = Guid.NewGuid(),
            Changes = [plan.SourceChange, plan.TargetChange],
            ImageIds = plan.ImageIds,
            Digest = order.Digest,
            Receipt = new OperationReceipt
            {
                OperationId = order.Request.OperationId,
                ImagesMoved = plan.ImagesMoved,
                Source = plan.Source,
                Target = plan.Target,
                UndoneId = order.UndoneId,
                GivenAttributes = plan.Attributes.Given,
                SharedAttributes = plan.Attributes.Shared,
                EndedState = plan.Attributes.EndedState,
                ClearedState = plan.Attributes.ClearedState,
            },
        };
        (int from, int to) = (PartitionOf(source.IdentityId), PartitionOf(targetId));
        return from == to ? await Partition(from).CommitJointAsync(change)
            : from < to ? await CommitAsync(change, from, plan.SourceChange, to, plan.TargetChange)
            : await CommitAsync(change, to, plan.TargetChange, from, plan.SourceChange);
    }

    // A refusal is final, and must be of what is there now.
    private async Task<TransferPlan> PlanAsync(TransferOrder order, IdentityState source, IdentityState target)
    {
        try
        {
            return await TransferPlan.MakeAsync(
                source, target, order, HomeOf(source.IdentityId).ReadEmbeddingAsync);
        }
        catch (GalleryException refusal) when (!refusal.Retryable)
        {
            foreach (IdentityState side in new[] { source, target })
            {
                await ConfirmAsync(side.IdentityId, side.Version);
            }

            throw;
        }
    }

    private async Task<OperationReceipt> CommitAsync(
        JointChange change, int lower, IdentityChange lent, int higher, IdentityChange own)
    {
        LoanEnd end = LoanEnd.NotWritten;
        try
        {
            LentShare share = await Partition(lower).LendAsync(
                new LoanRequest { Token = change.Token, Change = lent });
            end = LoanEnd.Unknown;
            OperationReceipt receipt = await Partition(higher).CommitJointAsync(
                change with { Changes = [own], Lent = share, LentChange = lent });
            end = LoanEnd.Written;
            return receipt;
        }
        catch (GalleryException refusal) when (refusal is not RetryException { NothingWritten: false })
        {
            // The partition's own word: what Orleans says of a call is not of these types.
            end = LoanEnd.NotWritten;
            throw;
        }
        finally
        {
            await ConcludeAsync(lower, change.Token, end);
        }
    }

    // What it does not hear it finds out by itself; its rows are what the store has either way.
    private async Task ConcludeAsync(int partition, Guid token, LoanEnd end)
    {
        try
        {
            await Partition(partition).ConcludeAsync(token, end);
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
        }
    }

    // What it remembers is refused by its version all the same, but once, which its caller would hear.
    private async Task TellAsync(string identityId)
    {
        try
        {
            await grains.GetGrain<IIdentityGrain>(
                GrainKeys.Identity(key.Gallery, partitions, PartitionOf(identityId), identityId)).ForgetAsync();
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
        }
    }

    private Task ConfirmAsync(string identityId, long version) =>
        PartitionWith(identityId).ConfirmAsync(identityId, version);

    private IPartitionGrain PartitionWith(string identityId) => Partition(PartitionOf(identityId));

    private int PartitionOf(string identityId) => PartitionFunction.PartitionOf(identityId, partitions);

    private IPartitionGrain Partition(int partition) => grains.PartitionGrain(key.Gallery, partitions, partition);

    private IdentityHome HomeOf(string identityId)
    {
        int partition = PartitionOf(identityId);
        return new IdentityHome(
            Partition(partition), store, new PartitionKey(key.Gallery, partition), identityId, instruments);
    }
}
