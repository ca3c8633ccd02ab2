using Microsoft.Data.Sqlite;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Operations that are undone: to the bit, or refused naming what changed.</summary>
public sealed class UndoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.File("gallery.db");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_AMerge_GivesBothTheirBitsBackThoughTheTargetWentOn(bool wentOn)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        OperationReceipt merged = await two.TransferAsync(low, high, "m", null);
        if (wentOn)
        {
            await two.EnrolAsync(high, 60);
        }

        OperationReceipt undone = await two.UndoAsync(high, "m", "u");

        Assert.Equal((merged.Source.Before.Count, merged.Source.Before.Hash),
            (undone.Target.After.Count, undone.Target.After.Hash));
        Assert.Equal(!wentOn, merged.Target.Before.Hash == undone.Source.After.Hash);
        await two.AssertAsync();
        Assert.Equal(undone, await two.UndoAsync(high, "m", "u"));
        await Assert.ThrowsAsync<ImageNotFoundException>(() => two.UndoAsync(high, "m", "again"));
        await two.AssertAsync();
    }

    [Fact]
    public async Task Undo_WhatChanged_IsRefusedNamingIt()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        string[] images = two.ImagesOf(low);
        await two.TransferAsync(low, high, "m", images[0], images[1]);
        two.Moved(low, high, images[0], images[1]);
        await two.Grain(high).RemoveImageAsync(images[0]);

        ImageNotFoundException gone = await Assert.ThrowsAsync<ImageNotFoundException>(
            () => two.UndoAsync(high, "m", "u"));
        Assert.Contains($"'{images[0]}'", gone.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(images[1], gone.Message, StringComparison.Ordinal);
        await two.Grain(high).EnrolAsync(Images.Of(0, 0, TwoIdentities.Dimension, "c1"));
        await two.Grain(low).EnrolAsync(Images.Of(
            SyntheticVectors.Embedding(9, 9, TwoIdentities.Dimension), "", images[1]));
        ImageExistsException there = await Assert.ThrowsAsync<ImageExistsException>(
            () => two.UndoAsync(high, "m", "u"));
        Assert.Contains($"'{images[1]}'", there.Message, StringComparison.Ordinal);
        await two.Grain(low).RemoveImageAsync(images[1]);

        Assert.Equal(2, (await two.UndoAsync(high, "m", "u")).ImagesMoved);
        two.Moved(high, low, images[0], images[1]);
        await two.AssertAsync();
        await Assert.ThrowsAsync<OperationNotFoundException>(() => two.UndoAsync(high, "none", "u2"));
        await Assert.ThrowsAsync<InvalidRequestException>(() => two.UndoAsync(low, "m", "u3"));
    }

    [Fact]
    public async Task Undo_OtherContentHasTheIdOfAMovedImage_IsRefusedNamingIt()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        string[] images = two.ImagesOf(low);
        await two.TransferAsync(low, high, "m", null);
        two.Moved(low, high, null);
        await two.Grain(high).RemoveImageAsync(images[0]);
        await two.Grain(high).EnrolAsync(Images.Of(
            SyntheticVectors.Embedding(9, 9, TwoIdentities.Dimension), "c1", images[0]));
        string hash = (await two.Grain(high).GetAsync(false)).Hash;

        ImageChangedException changed = await Assert.ThrowsAsync<ImageChangedException>(
            () => two.UndoAsync(high, "m", "u"));

        Assert.Contains($"'{images[0]}'", changed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(images[1], changed.Message, StringComparison.Ordinal);
        Assert.Equal(hash, (await two.Grain(high).GetAsync(false)).Hash);
        await two.Grain(high).RemoveImageAsync(images[0]);
        await two.Grain(high).EnrolAsync(Images.Of(0, 0, TwoIdentities.Dimension, "c1"));
        Assert.Equal(5, (await two.UndoAsync(high, "m", "u")).ImagesMoved);
        two.Moved(high, low, images);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Undo_SentAgainAfterTheOperationIsForgotten_GivesTheSameReceipt()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        await two.TransferAsync(low, high, "m", null);
        OperationReceipt undone = await two.UndoAsync(high, "m", "u");
        Assert.Equal("m", undone.UndoneId);
        Forget("m");

        Assert.Equal(undone, await two.UndoAsync(high, "m", "u"));

        await two.AssertAsync();
        await Assert.ThrowsAsync<OperationNotFoundException>(() => two.UndoAsync(high, "m", "u2"));
        await Assert.ThrowsAsync<OperationConflictException>(() => two.UndoAsync(high, "n", "u"));
    }

    [Fact]
    public async Task Undo_ForgottenWhileItIsFound_IsNotFound()
    {
        ForgetfulStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => store = new ForgetfulStore(new SqliteGalleryStore(DatabaseFile)));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        await two.TransferAsync(low, high, "m", null);
        await two.UndoAsync(high, "m", "u");
        store!.ReadsLeft = 1;

        OperationNotFoundException e = await Assert.ThrowsAsync<OperationNotFoundException>(
            () => two.UndoAsync(high, "m", "u"));

        Assert.Contains("'m'", e.Message, StringComparison.Ordinal);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Undo_OfAnOperationThatWasNotedByIdsAlone_GoesByThem()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        await two.TransferAsync(low, high, "m", null);
        Run("UPDATE operations SET images = (SELECT json_group_array(value ->> 0) FROM json_each(images))");

        Assert.Equal(5, (await two.UndoAsync(high, "m", "u")).ImagesMoved);

        await two.AssertAsync();
    }

    [Fact]
    public async Task Undo_ARenameAfterSomebodyElseTookTheId_IsRefused()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        await two.Grain(TwoIdentities.Low).TransferAsync(new TransferRequest
        {
            OperationId = "r", TargetId = "another", Target = TransferTarget.New,
        });
        await two.Grain(TwoIdentities.Low).EnrolAsync(Images.Of(9, 0, TwoIdentities.Dimension));

        await Assert.ThrowsAsync<IdentityExistsException>(() => two.UndoAsync("another", "r", "u"));
        await two.Grain(TwoIdentities.Low).DeleteAsync();

        Assert.Equal(5, (await two.UndoAsync("another", "r", "u")).ImagesMoved);
    }

    [Fact]
    public async Task Transfer_ToANewIdentity_RenamesAndIsRefusedWhereThereIsOne()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        TransferRequest rename = new()
        {
            OperationId = "r", TargetId = "another", Target = TransferTarget.New,
        };

        OperationReceipt receipt = await two.Grain(TwoIdentities.Low).TransferAsync(rename);

        Assert.Equal((0, 0, 5), (receipt.Source.After.Count, receipt.Target.Before.Count, receipt.Target.After.Count));
        two.Moved(TwoIdentities.Low, "another", null);
        await two.AssertAsync();
        await Assert.ThrowsAsync<IdentityExistsException>(
            () => two.Grain(TwoIdentities.High).TransferAsync(rename with { OperationId = "r2" }));
        await two.UndoAsync("another", "r", "u");
        two.Moved("another", TwoIdentities.Low, null);
        await two.AssertAsync();
    }

    public void Dispose() => _folder.Dispose();

    // As when its time is over.
    private void Forget(string operation) => Run($"DELETE FROM operations WHERE id = '{operation}'");

    private void Run(string statement)
    {
        using SqliteConnection connection = new($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    // The store's round comes between two reads.
    private sealed class ForgetfulStore(IGalleryStore inner) : ForwardingStore(inner)
    {
        public int ReadsLeft { get; set; } = int.MaxValue;

        public override Task<StoredOperation?> ReadOperationAsync(
            long gallery, string id, CancellationToken cancellationToken) => ReadsLeft-- > 0
            ? base.ReadOperationAsync(gallery, id, cancellationToken)
            : Task.FromResult<StoredOperation?>(null);
    }
}
