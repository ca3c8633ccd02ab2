using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>Commits whose request or answer is lost at a chosen byte: what the store says of them, and what is
/// true.</summary>
public sealed class OutcomeTests(PostgresFixture postgres) : PostgresNetworkTests(postgres)
{
    private const string Writers =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        + "AND application_name = 'gallery writes'";

    private static PostgresStoreOptions Impatient => new() { CommandTimeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Commit_RequestCut_IsUnknownAndNeverHappens()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        long length = await MeasureAsync(partition, Proxy.ToServer);

        foreach (long passed in (long[])[0, 1, length / 2, length - 6, length - 1])
        {
            await WarmUpAsync(partition, Far);
            Task cut = Proxy.ToServer.CutAfter(passed);
            PartitionWrite write = partition.Write(Next());

            await AssertUnknownAsync(() => Far.CommitAsync([write]));

            await cut;
            await AssertOutcomeAsync(partition, write, happened: false);
        }

        await StoredContent.AssertAsync(Near, partition, Token);
    }

    [Fact]
    public async Task Commit_AnswerCutAtEveryByte_IsUnknownAndHasHappened()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        long length = await MeasureAsync(partition, Proxy.ToClient);
        Assert.InRange(length, 10, 300);

        for (long passed = 0; passed < length; passed++)
        {
            await WarmUpAsync(partition, Far);
            Task cut = Proxy.ToClient.CutAfter(passed);
            IdentityChange change = Next();
            PartitionWrite write = partition.Write(change);

            await AssertUnknownAsync(() => Far.CommitAsync([write]));

            await cut;
            await AssertOutcomeAsync(partition, write, happened: true, change);
        }

        await StoredContent.AssertAsync(Near, partition, Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CommitJoint_RequestOrAnswerCut_IsUnknownAndTheTokenTells(bool answer)
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        for (int passed = 0; passed < 3; passed++)
        {
            await partition.CommitAsync(
                Near, IdentityChange.Add("a", $"{passed}"), IdentityChange.Add("b", $"b{passed}"));
            await WarmUpAsync(partition, Far);
            ModelTransfer transfer = new(partition, "a", partition, "b");
            JointWrite write = transfer.Write(Guid.NewGuid(), $"op {passed}");
            Task cut = (answer ? Proxy.ToClient : Proxy.ToServer).CutAfter(passed * 40);

            await AssertUnknownAsync(() => Far.CommitJointAsync(write));

            await cut;
            PartitionPosition position = (await Near.RetakePartitionAsync(partition.Held, Token))!;
            Assert.Equal(answer, position.Token == write.Shares[0].Token);
            if (answer)
            {
                transfer.Apply(write);
            }

            partition.Position = position;
            await StoredContent.AssertAsync(Near, partition, Token);
            Assert.Equal(
                answer, await Near.ReadOperationAsync(partition.Key.Gallery, $"op {passed}", Token) is not null);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_HeldUpUntilARetakeOrATake_FiresLateAndChangesNothing(bool taken)
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        IGalleryStore impatient = Open(Impatient);
        await WarmUpAsync(partition, impatient);
        PartitionWrite late = await GiveUpAsync(partition, impatient, 0);
        if (taken)
        {
            partition.Owner = Guid.NewGuid();
            partition.Position = (await Near.TakePartitionAsync(partition.Key, partition.Owner, Token))!.State.Position;
        }
        else
        {
            await AssertOutcomeAsync(partition, late, happened: false);
        }

        Assert.True(await partition.CommitAsync(Near, Next()));
        await UntilAsync(2, Writers);
        Proxy.Restore();

        // The server ends its side once it has run what was held up, and found nothing behind it.
        await UntilAsync(1, Writers);
        await StoredContent.AssertAsync(Near, partition, Token);
    }

    [Fact]
    public async Task Commit_ExecutedButHeldUpBeforeItsEnd_IsEndedByWhoRetakes()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        long length = await MeasureAsync(partition, Proxy.ToServer);
        IGalleryStore impatient = Open(Impatient);
        await WarmUpAsync(partition, impatient);

        PartitionWrite silent = await GiveUpAsync(partition, impatient, length - 1);

        await AssertOutcomeAsync(partition, silent, happened: false);
        Proxy.Restore();
        await UntilAsync(2, Writers);
        await StoredContent.AssertAsync(Near, partition, Token);
    }

    [Fact]
    public async Task Commit_ServerNotReachable_IsCertainlyNotWritten()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        IGalleryStore hasty = Open(new PostgresStoreOptions { RetryTime = TimeSpan.FromMilliseconds(300) });
        Proxy.TakeDown();

        StoreAwayException exception = await Assert.ThrowsAsync<StoreAwayException>(
            () => hasty.CommitAsync([partition.Write(Next())]));

        Assert.Equal((StoreAwayReason.Unreachable, false), (exception.Reason, exception.IsOutcomeUnknown));
        Proxy.Restore();
        Assert.True(await partition.CommitAsync(hasty, Next()));
    }

    // The network holds the commit up for longer than its sender waits, who cannot even cancel it.
    private async Task<PartitionWrite> GiveUpAsync(OwnedPartition partition, IGalleryStore impatient, long passed)
    {
        Task held = Proxy.ToServer.HoldAfter(passed);
        Proxy.RefuseNew();
        PartitionWrite write = partition.Write(Next());
        Task commit = impatient.CommitAsync([write]);
        await held;
        await AssertUnknownAsync(() => commit);
        return write;
    }
}
