using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Identities that were two: proposed, parted in one commit, undone to the bit.</summary>
public sealed class SplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ProposeSplit_AMergedIdentity_FindsBothAgainAndSplittingThemRestoresTheBits()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        await two.EnrolAsync(high, 60);
        string[] ofLow = two.ImagesOf(low);
        IdentitySnapshot alone = await two.Grain(high).GetAsync(withDispersion: true);
        OperationReceipt merged = await two.TransferAsync(low, high, "m", null);
        two.Moved(low, high, null);

        SplitProposal proposal = await two.Grain(high).ProposeSplitAsync(Token);

        Assert.Equal(ofLow.Order(IdOrder.Instance), proposal.Smaller.ImageIds);
        Assert.Equal(two.ImagesOf(high).Except(ofLow).Order(IdOrder.Instance), proposal.Larger.ImageIds);
        Assert.Equal(alone.Dispersion!.Value, proposal.Larger.Dispersion!.Value, 12);
        Assert.Equal(merged.Target.After.Version, proposal.Version);
        Assert.True(proposal.Separation > 5 * proposal.Larger.Dispersion);
        await two.AssertAsync();

        OperationReceipt split = await SplitAsync(two, high, low, "s", [.. proposal.Smaller.ImageIds]);
        two.Moved(high, low, ofLow);
        Assert.Equal(
            (merged.Source.Before.Hash, merged.Target.Before.Hash), (split.Target.After.Hash, split.Source.After.Hash));
        await two.AssertAsync();
        Assert.Equal(split, await SplitAsync(two, high, low, "s", [.. proposal.Smaller.ImageIds]));
        Assert.Equal(merged.Target.After.Hash, (await two.UndoAsync(low, "s", "u")).Target.After.Hash);
        two.Moved(low, high, ofLow);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Split_WhatCannotBe_IsRefusedAndChangesNothing()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        string low = TwoIdentities.Low;
        string[] images = two.ImagesOf(low);

        InvalidRequestException all = await Assert.ThrowsAsync<InvalidRequestException>(
            () => SplitAsync(two, low, "new", "1", images));
        Assert.Contains("All 5 images", all.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidRequestException>(() => SplitAsync(two, low, "new", "2"));
        await Assert.ThrowsAsync<IdentityExistsException>(
            () => SplitAsync(two, low, TwoIdentities.Beside, "3", images[0]));
        await Assert.ThrowsAsync<ImageNotFoundException>(() => SplitAsync(two, low, "new", "4", images[0], "none"));
        await Assert.ThrowsAsync<InvalidRequestException>(() => SplitAsync(two, low, low, "5", images[0]));
        await two.AssertAsync();

        await SplitAsync(two, low, "new", "6", images[0]);
        await Assert.ThrowsAsync<OperationConflictException>(
            () => two.Grain(low).TransferAsync(Request("new", "6", images[0]) with { IsSplit = false }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => two.Grain("new").ProposeSplitAsync(Token));
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => two.Grain("nobody").ProposeSplitAsync(Token));
        await two.Grain("new").EnrolAsync(Images.Of(0, 0, TwoIdentities.Dimension) with { ImageId = "twin" });
        await Assert.ThrowsAsync<InvalidRequestException>(() => two.Grain("new").ProposeSplitAsync(Token));
    }

    [Fact]
    public async Task ProposeSplit_FewWait_TheOthersAreRefusedBeforeTheyReadAnything()
    {
        CountingStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => store = new CountingStore(new SqliteGalleryStore(_folder.File("gallery.db"))));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        TaskCompletionSource held = new();
        Task running = SplitPlan.Turns.RunAsync(async () =>
        {
            await held.Task;
            return 0;
        }, Token);
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
        int before = store!.Reads;
        Task<SplitProposal>[] waiting = [.. Enumerable.Range(0, Turnstile.MostWaiting)
            .Select(_ => two.Grain(TwoIdentities.High).ProposeSplitAsync(gone.Token))];
        try
        {
            await Eventually.UntilAsync(() => SplitPlan.Turns.Waiting == Turnstile.MostWaiting);
            await Assert.ThrowsAsync<OverloadedException>(
                () => two.Grain(TwoIdentities.High).ProposeSplitAsync(Token));
            Assert.Equal(before, store.Reads);
            await gone.CancelAsync();
            await Task.WhenAll(waiting.Select(
                task => Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)));
            Assert.Equal(before, store.Reads);
        }
        finally
        {
            held.SetResult();
        }

        await running;
        await two.Grain(TwoIdentities.High).ProposeSplitAsync(Token);
        Assert.True(store.Reads > before);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<OperationReceipt> SplitAsync(
        TwoIdentities two, string from, string to, string operation, params string[] images) =>
        two.Grain(from).TransferAsync(Request(to, operation, images));

    private static TransferRequest Request(string to, string operation, params string[] images) => new()
    {
        OperationId = operation, TargetId = to, ImageIds = images, Target = TransferTarget.New, IsSplit = true,
    };

    private sealed class CountingStore(IGalleryStore inner) : ForwardingStore(inner)
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public override Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
            PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
            CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            return base.ReadImagesAsync(key, identityId, after, limit, withEmbeddings, cancellationToken);
        }
    }
}
