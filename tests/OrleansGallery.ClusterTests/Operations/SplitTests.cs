using OrleansGallery.Abstractions;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Identities that were two: proposed, parted in one commit, undone to the bit.</summary>
public sealed class SplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

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

        SplitProposal proposal = await two.Grain(high).ProposeSplitAsync();

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
        await Assert.ThrowsAsync<InvalidRequestException>(() => two.Grain("new").ProposeSplitAsync());
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => two.Grain("nobody").ProposeSplitAsync());
        await two.Grain("new").EnrolAsync(Images.Of(0, 0, TwoIdentities.Dimension) with { ImageId = "twin" });
        await Assert.ThrowsAsync<InvalidRequestException>(() => two.Grain("new").ProposeSplitAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static Task<OperationReceipt> SplitAsync(
        TwoIdentities two, string from, string to, string operation, params string[] images) =>
        two.Grain(from).TransferAsync(Request(to, operation, images));

    private static TransferRequest Request(string to, string operation, params string[] images) => new()
    {
        OperationId = operation, TargetId = to, ImageIds = images, Target = TransferTarget.New, IsSplit = true,
    };
}
