using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

public sealed class IdentityLedgerTests
{
    private const int Dimension = 16;

    [Fact]
    public async Task Run_ManyWhileACommitIsInFlight_ShareTheNextOne()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        List<Task<EnrolReceipt>> rest =
            [.. Enumerable.Range(1, 20).Select(i => ledger.RunAsync(new EnrolOperation(Images.Of(1, i))))];
        Assert.Single(home.Changes);

        home.Decide();
        Assert.Equal(1, (await first).Count);
        home.Decide();
        EnrolReceipt[] receipts = await Task.WhenAll(rest);

        Assert.Equal([1, 20], home.Changes.Select(change => change.AddedImages.Count));
        Assert.All(receipts, receipt => Assert.Equal((21, 2), (receipt.Count, receipt.Version)));
    }

    [Fact]
    public async Task Run_AddedAndRemovedInOneBatch_SendsTheNetEffect()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> added = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<RemovalReceipt> removedAgain = ledger.RunAsync(new RemoveOperation(Images.Of(1, 1).ImageId));
        Task<RemovalReceipt> removed = ledger.RunAsync(new RemoveOperation(Images.Of(1, 0).ImageId));
        Task<EnrolReceipt> back = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0, facet: "c2")));
        home.Decide();
        home.Decide();
        await Task.WhenAll(first, added, removedAgain, removed, back);

        IdentityChange net = home.Changes[1];
        Assert.Equal([Images.Of(1, 0).ImageId], net.RemovedImages);
        Assert.Equal([("c2", Images.Of(1, 0).ImageId)], net.AddedImages.Select(image => (image.Facet, image.ImageId)));
        Assert.Equal([("", 0L), ("c2", 1L)], net.Facets.Select(f => (f.Facet, f.Count)).Order());
        IdentityCentroid expected = new(Dimension);
        expected.Add("c2", Images.Of(1, 0).Embedding.Components);
        Assert.Equal(expected.ComputeHash("p1").ToByteArray(), net.Hash);
    }

    [Fact]
    public async Task Run_CommitRefused_DropsWhatItBelievedAndLoadsAnew()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> pending = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<EnrolReceipt> duplicate = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        home.Decide();
        await first;
        home.Refuse(new RetryException("taken"));
        await Assert.ThrowsAsync<RetryException>(() => pending);
        await Assert.ThrowsAsync<RetryException>(() => duplicate);

        Task<EnrolReceipt> again = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        home.Decide();

        Assert.Equal((EnrolOutcome.Searchable, 2), ((await again).Outcome, (await again).Count));
        Assert.Equal(2, home.Loads);
    }

    [Fact]
    public async Task Forget_WhileACommitIsInFlight_WhatFollowsLoadsAnew()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> second = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        ledger.Forget();

        home.Decide();
        await first;
        home.Decide();

        Assert.Equal(2, (await second).Count);
        Assert.Equal(2, home.Loads);
    }

    [Fact]
    public async Task Forget_DuringTheLastCommit_TheNextOperationLoadsAnew()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        ledger.Forget();
        home.Decide();
        await first;

        Task<EnrolReceipt> second = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        home.Decide();

        Assert.Equal(2, (await second).Count);
        Assert.Equal(2, home.Loads);
    }

    [Fact]
    public async Task Run_DeleteInTheMiddle_EndsItsBatch()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> before = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<RemovalReceipt> deleted = ledger.RunAsync(new RemoveOperation(null));
        Task<EnrolReceipt> after = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        home.Decide();
        home.Decide();
        home.Decide();
        await Task.WhenAll(first, before, after);

        Assert.Equal(2, (await deleted).ImagesRemoved);
        Assert.Equal([1, 0, 1], home.Changes.Select(change => change.Count));
        Assert.Equal([0, 1, 0], home.Changes.Select(change => change.ExpectedVersion));
    }

    [Fact]
    public async Task Run_OneOfABatchWasErased_IsRefusedAloneAndTheOthersAreCommitted()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> before = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<EnrolReceipt> erased = ledger.RunAsync(new EnrolOperation(Images.Of(1, 2)));
        Task<RemovalReceipt> removed = ledger.RunAsync(new RemoveOperation(Images.Of(1, 0).ImageId));
        Task<EnrolReceipt> after = ledger.RunAsync(new EnrolOperation(Images.Of(1, 3)));
        home.Decide();
        await first;

        home.Erased.Add(new ErasedContent(Images.Of(1, 2).ContentHash, DateTimeOffset.UnixEpoch.AddDays(30_000)));
        home.Refuse(new ImageErasedException("erased"));
        home.Decide();

        ImageErasedException refusal = await Assert.ThrowsAsync<ImageErasedException>(() => erased);
        Assert.Contains("2052-02-20", refusal.Message, StringComparison.Ordinal);
        Assert.All(
            await Task.WhenAll(before, after), receipt => Assert.Equal((2, 2), (receipt.Count, receipt.Version)));
        Assert.Equal(1, (await removed).ImagesRemoved);
        Assert.Equal(1, home.Loads);
        Assert.Equal(
            new[] { 1, 3 }.Select(i => Images.Of(1, i).ImageId).Order(),
            home.Changes[^1].AddedImages.Select(image => image.ImageId).Order());
    }

    [Fact]
    public async Task Run_TheOnlyImageWasErased_NothingIsCommitted()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> only = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        home.Erased.Add(new ErasedContent(Images.Of(1, 0).ContentHash, DateTimeOffset.MaxValue));

        home.Refuse(new ImageErasedException("erased"));

        await Assert.ThrowsAsync<ImageErasedException>(() => only);
        Assert.Single(home.Changes);
    }

    [Fact]
    public async Task Run_WhatIsRefusedIsNeverNamed_IsAskedForAgain()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> only = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));

        for (int i = 0; i < 4; i++)
        {
            home.Refuse(new ImageErasedException("erased"));
        }

        Assert.True((await Assert.ThrowsAsync<RetryException>(() => only)).NothingWritten);
    }

    [Fact]
    public async Task Run_LargeFilesInLine_AreBoundByTheirBytes_AndTheRestGoesOn()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        byte[] file = new byte[IdentityLedger.MaxBatchBytes];
        Task<EnrolReceipt> first = ledger.RunAsync(Enrol(0));
        List<Task<EnrolReceipt>> taken = [];
        OverloadedException refused = await Assert.ThrowsAsync<OverloadedException>(async () =>
        {
            for (int i = 1; i < 100; i++)
            {
                taken.Add(ledger.RunAsync(Enrol(i)));
            }

            await Task.WhenAll(taken);
        });

        Assert.Equal(IdentityLedger.MaxWaitingBytes / (file.Length + 2_000), taken.Count);
        Assert.Contains("67108864", refused.Message, StringComparison.Ordinal);
        home.Decide();
        await first;
        taken.ForEach(_ => home.Decide());
        await Task.WhenAll(taken);
        Task<EnrolReceipt> later = ledger.RunAsync(Enrol(200));
        home.Decide();
        Assert.Equal(taken.Count + 2, (await later).Count);

        EnrolOperation Enrol(int image) =>
            new(Images.Of(1, image) with { Picture = new KeptPicture { Thumbnail = file } });
    }
}
