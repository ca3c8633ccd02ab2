using OrleansGallery.Abstractions;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Images that move between identities, some or all: exact, once per operation id, or refused.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.File("gallery.db");

    public static TheoryData<string, string> Pairs => new()
    {
        { TwoIdentities.Low, TwoIdentities.High },
        { TwoIdentities.High, TwoIdentities.Low },
        { TwoIdentities.Low, TwoIdentities.Beside },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Transfer_AllImages_TheTargetIsWhatTheyAddUpTo(string from, string to)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string source, string target) = (two.HashOf(from), two.HashOf(to));

        OperationReceipt receipt = await two.Grain(from).TransferAsync(
            new TransferRequest { OperationId = "m1", TargetId = to });

        two.Moved(from, to, null);
        Assert.Equal(("m1", 5), (receipt.OperationId, receipt.ImagesMoved));
        Assert.Equal((5, source, 0), (receipt.Source.Before.Count, receipt.Source.Before.Hash,
            receipt.Source.After.Count));
        Assert.Equal((5, target, 10), (receipt.Target.Before.Count, receipt.Target.Before.Hash,
            receipt.Target.After.Count));
        Assert.Equal(two.HashOf(to), receipt.Target.After.Hash);
        Assert.Equal(receipt.Target.After.Version, (await two.Grain(to).GetAsync(false)).Version);
        await two.AssertAsync();
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Transfer_SomeImagesThereAndBack_BothAreWhatTheyWere(string from, string to)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string source, string target) = (two.HashOf(from), two.HashOf(to));
        // All of the facet c2 and one of the three of c1.
        string[] some = [.. two.ImagesOf(from).Where((_, i) => i is 0 or 1 or 3)];

        Assert.Equal(3, (await two.TransferAsync(from, to, "there", some)).ImagesMoved);
        two.Moved(from, to, some);
        await two.AssertAsync();
        OperationReceipt back = await two.TransferAsync(to, from, "back", some);

        two.Moved(to, from, some);
        Assert.Equal((target, source), (back.Source.After.Hash, back.Target.After.Hash));
        await two.AssertAsync();
    }

    [Fact]
    public async Task Transfer_SentAgain_GivesTheSameReceiptAfterARestartToo()
    {
        OperationReceipt first;
        string[] named;
        await using (GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile))
        {
            TwoIdentities two = await TwoIdentities.FillAsync(cluster);
            named = two.ImagesOf(TwoIdentities.Low);
            first = await two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null);
            Assert.Equal(first, await two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null));
            await two.EnrolAsync(TwoIdentities.Low, 77);
            Assert.Equal(first, await two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null));
        }

        await using GalleryCluster again = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities later = new(again, await again.Gallery("people").GetAsync());
        Assert.Equal(first, await later.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null));
        await Assert.ThrowsAsync<OperationConflictException>(
            () => later.TransferAsync(TwoIdentities.Low, TwoIdentities.Beside, "m1", null));
        await Assert.ThrowsAsync<OperationConflictException>(
            () => later.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", named));
    }

    [Fact]
    public async Task Transfer_SentSeveralTimesAtOnce_HappensOnce()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);

        OperationReceipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => two.TransferAsync(TwoIdentities.High, TwoIdentities.Low, "m1", null)));

        Assert.Single(receipts.Distinct());
        two.Moved(TwoIdentities.High, TwoIdentities.Low, null);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Transfer_WhatCannotBe_IsRefusedAndChangesNothing()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        string same = two.ImagesOf(low)[0];
        await two.Grain(high).EnrolAsync(Images.Of(SyntheticVectors.Embedding(7, 7, 16), "", same));

        await Assert.ThrowsAsync<InvalidRequestException>(() => two.TransferAsync(low, low, "1", null));
        await Assert.ThrowsAsync<InvalidRequestException>(() => two.TransferAsync(low, high, "2"));
        await Assert.ThrowsAsync<InvalidRequestException>(() => two.TransferAsync(low, high, "3", same, same));
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => two.TransferAsync(low, "nobody", "4", null));
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => two.TransferAsync("nobody", low, "5", null));
        Assert.Contains("'none'", (await Assert.ThrowsAsync<ImageNotFoundException>(
            () => two.TransferAsync(low, high, "6", two.ImagesOf(low)[1], "none"))).Message, StringComparison.Ordinal);
        Assert.Contains($"'{same}'", (await Assert.ThrowsAsync<ImageExistsException>(
            () => two.TransferAsync(low, high, "7", null))).Message, StringComparison.Ordinal);
        await two.Grain(high).RemoveImageAsync(same);

        await two.AssertAsync();
        Assert.Equal(5, (await two.TransferAsync(low, high, "7", null)).ImagesMoved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transfer_TheStoresAnswerIsLost_HappensOnce(bool happened)
    {
        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => store = new FaultyStore(new SqliteGalleryStore(DatabaseFile)));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        Action fail = () =>
        {
            (store!.BeforeJoint, store.AfterJoint) = (null, null);
            throw new IOException("The connection was lost.");
        };
        (store!.BeforeJoint, store.AfterJoint) = (happened ? null : fail, happened ? fail : null);
        OperationReceipt receipt = await two.Grain(TwoIdentities.Low).TransferAsync(
            new TransferRequest { OperationId = "m1", TargetId = TwoIdentities.High });

        Assert.Equal(5, receipt.ImagesMoved);
        two.Moved(TwoIdentities.Low, TwoIdentities.High, null);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Transfer_TheStoreTakesNoWrites_SaysSoAndBothGoOn()
    {
        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => store = new FaultyStore(new SqliteGalleryStore(DatabaseFile)));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        store!.BeforeWrite = () => throw new StoreAwayException(StoreAwayReason.Full, "No room.");
        PartitionPlace[] places = await two.LocateAsync();
        int loaded = 0;
        store.BeforeRead = _ => loaded++;

        await Assert.ThrowsAsync<StorageFullException>(
            () => two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null));

        // Nobody had to find anything out.
        Assert.Equal(places, await two.LocateAsync());
        Assert.Equal(0, loaded);
        store.BeforeWrite = null;
        await two.EnrolAsync(TwoIdentities.Low, 50);
        await two.EnrolAsync(TwoIdentities.High, 50);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Transfer_OppositeWaysAtOnceUnderIngest_EndsAndLosesNothing()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, () => new SqliteGalleryStore(DatabaseFile));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        string[] ofLow = two.ImagesOf(low);
        string[] ofHigh = two.ImagesOf(high);

        await Task.WhenAll(Enumerable.Range(0, 3).SelectMany(i => (Task[])
        [
            two.TransferAsync(low, high, $"low {i}", ofLow[i]),
            two.TransferAsync(high, low, $"high {i}", ofHigh[i]),
        ]));

        two.Moved(low, high, ofLow[..3]);
        two.Moved(high, low, ofHigh[..3]);
        await two.AssertAsync();
    }

    public void Dispose() => _folder.Dispose();
}
