using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>
/// Calls a store as its users must: what may be repeated is repeated, and the outcome of a commit is found out by
/// retaking. So what is stored in the end does not depend on the faults in between.
/// </summary>
/// <param name="handle">The handle for the next call.</param>
/// <param name="afterFailure">Called before a call is repeated; null: it is at once.</param>
public sealed class StoreCaller(Func<IGalleryStore> handle, Func<StoreAwayException, Task>? afterFailure = null)
{
    private const int MaxAttempts = 200;

    /// <summary>How many calls failed.</summary>
    public int Failures { get; private set; }

    /// <summary>How many commits had an unknown outcome and turned out to have happened, and not.</summary>
    public (int Happened, int DidNot) Unknown { get; private set; }

    /// <summary>Repeats a call until it succeeds.</summary>
    public async Task<T> RepeatAsync<T>(Func<IGalleryStore, Task<T>> call)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call(handle());
            }
            catch (StoreAwayException exception) when (attempt < MaxAttempts)
            {
                await OnFailedAsync(exception);
            }
        }
    }

    /// <summary>Commits changes until they are applied.</summary>
    /// <param name="shares">The partitions with their changes.</param>
    public async Task CommitAsync(params (OwnedPartition Partition, IdentityChange[] Changes)[] shares)
    {
        for (int attempt = 1; shares.Length > 0; attempt++)
        {
            Assert.True(attempt < MaxAttempts, "A commit was never applied.");
            shares = await TryCommitAsync(shares, attempt);
        }
    }

    /// <summary>Commits an operation over two identities until it is applied.</summary>
    public async Task CommitAsync(ModelTransfer transfer, string operation)
    {
        for (int attempt = 1; ; attempt++)
        {
            JointWrite write = transfer.Write(Guid.NewGuid(), operation);
            try
            {
                Assert.True(await handle().CommitJointAsync(write));
                transfer.Apply(write);
                return;
            }
            catch (StoreAwayException exception) when (attempt < MaxAttempts)
            {
                await OnFailedAsync(exception);
                if (exception.IsOutcomeUnknown && await FindOutAsync(transfer, write))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Commits an erasure until it is applied.</summary>
    public async Task CommitAsync(ModelErasure erasure, string operation, DateTimeOffset? refusedUntil)
    {
        for (int attempt = 1; ; attempt++)
        {
            ErasureWrite write = erasure.Write(Guid.NewGuid(), operation, refusedUntil);
            try
            {
                Assert.True(await handle().CommitErasureAsync(write));
                erasure.Apply(write);
                return;
            }
            catch (StoreAwayException exception) when (attempt < MaxAttempts)
            {
                await OnFailedAsync(exception);
                bool happened = exception.IsOutcomeUnknown && await RetakeAsync(erasure.Partition, write.Share.Token);
                if (exception.IsOutcomeUnknown)
                {
                    Note(happened);
                }

                if (happened)
                {
                    erasure.Apply(write);
                    return;
                }
            }
        }
    }

    /// <summary>Commits an operation that the store must refuse.</summary>
    public async Task CommitRefusedAsync(ModelTransfer transfer, string operation)
    {
        for (int attempt = 1; ; attempt++)
        {
            JointWrite write = transfer.Write(Guid.NewGuid(), operation);
            try
            {
                await handle().CommitJointAsync(write);
                Assert.Fail("The data were not refused.");
            }
            catch (StoreDataException)
            {
                return;
            }
            catch (StoreAwayException exception) when (attempt < MaxAttempts)
            {
                await OnFailedAsync(exception);
                foreach (OwnedPartition partition in transfer.Partitions)
                {
                    Assert.False(await RetakeAsync(partition, write.Shares[0].Token));
                }
            }
        }
    }

    /// <summary>Commits something that the store must refuse.</summary>
    public async Task CommitRefusedAsync(OwnedPartition partition, Func<PartitionWrite> write)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await handle().CommitAsync([write()]);
                Assert.Fail("The data were not refused.");
            }
            catch (StoreDataException)
            {
                return;
            }
            catch (StoreAwayException exception) when (attempt < MaxAttempts)
            {
                await OnFailedAsync(exception);
                Assert.False(await RetakeAsync(partition, Guid.NewGuid()));
            }
        }
    }

    // What was not applied is given back.
    private async Task<(OwnedPartition Partition, IdentityChange[] Changes)[]> TryCommitAsync(
        (OwnedPartition Partition, IdentityChange[] Changes)[] shares, int attempt)
    {
        Guid token = Guid.NewGuid();
        PartitionWrite[] writes = [.. shares.Select(share => share.Partition.Write(token, share.Changes))];
        try
        {
            IReadOnlyList<bool> applied = await handle().CommitAsync(writes);
            Assert.DoesNotContain(false, applied);
            Array.ForEach([.. shares.Zip(writes)], pair => pair.First.Partition.Apply(pair.Second, pair.First.Changes));
            return [];
        }
        catch (StoreAwayException exception) when (attempt < MaxAttempts)
        {
            await OnFailedAsync(exception);
            return exception.IsOutcomeUnknown ? await FindOutAsync(shares, writes, token) : shares;
        }
    }

    private async Task<(OwnedPartition Partition, IdentityChange[] Changes)[]> FindOutAsync(
        (OwnedPartition Partition, IdentityChange[] Changes)[] shares, PartitionWrite[] writes, Guid token)
    {
        List<(OwnedPartition Partition, IdentityChange[] Changes)> left = [];
        for (int i = 0; i < shares.Length; i++)
        {
            OwnedPartition partition = shares[i].Partition;
            if (await RetakeAsync(partition, token))
            {
                long epoch = partition.Position.Epoch;
                partition.Apply(writes[i], shares[i].Changes);
                partition.Position = partition.Position with { Epoch = epoch };
            }
            else
            {
                left.Add(shares[i]);
            }
        }

        // A group is one transaction.
        Assert.True(left.Count == 0 || left.Count == shares.Length);
        Note(left.Count == 0);
        return [.. left];
    }

    // Each partition finds the same by itself.
    private async Task<bool> FindOutAsync(ModelTransfer transfer, JointWrite write)
    {
        List<bool> found = [];
        foreach (OwnedPartition partition in transfer.Partitions)
        {
            found.Add(await RetakeAsync(partition, write.Shares[0].Token));
        }

        bool happened = Assert.Single(found.Distinct());
        if (happened)
        {
            transfer.Apply(write);
        }

        Note(happened);
        return happened;
    }

    private void Note(bool happened) => Unknown = happened
        ? Unknown with { Happened = Unknown.Happened + 1 }
        : Unknown with { DidNot = Unknown.DidNot + 1 };

    private async Task<bool> RetakeAsync(OwnedPartition partition, Guid token)
    {
        PartitionPosition known = partition.Position;
        PartitionPosition now = (await RepeatAsync(
            store => store.RetakePartitionAsync(partition.Held, CancellationToken.None)))!;
        bool happened = now.Token == token;
        Assert.Equal(
            happened ? new(known.Epoch + 1, known.Sequence + 1, token) : known with { Epoch = known.Epoch + 1 }, now);
        partition.Position = known with { Epoch = now.Epoch };
        return happened;
    }

    private Task OnFailedAsync(StoreAwayException exception)
    {
        Failures++;
        return afterFailure?.Invoke(exception) ?? Task.CompletedTask;
    }
}
