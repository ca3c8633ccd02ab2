using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>What is erased is gone for good, once per operation id, and does not come back while it is refused.
/// </summary>
public sealed class ErasureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Erase_AnIdentity_LeavesNothingAndTheReceiptProvesIt()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        string low = TwoIdentities.Low;
        IdentitySnapshot before = await two.Grain(low).GetAsync(false);

        ErasureReceipt receipt = await two.EraseAsync(low, "e1");

        ImageToEnrol[] erased = two.Erased(low);
        Assert.Equal(("e1", null, 5, HashOf(erased)),
            (receipt.OperationId, receipt.ImageId, receipt.ImagesErased, receipt.ContentsHash));
        Assert.Equal((low, before.Version, 5, before.Hash), (receipt.Identity.IdentityId,
            receipt.Identity.Before.Version, receipt.Identity.Before.Count, receipt.Identity.Before.Hash));
        Assert.Equal((0, new string('0', 64)), (receipt.Identity.After.Count, receipt.Identity.After.Hash));
        Assert.True(receipt.Identity.After.Version > before.Version);
        Assert.Equal(TimeSpan.FromDays(90), receipt.RefusedUntil - receipt.ErasedAt);
        await two.AssertAsync();
        Assert.Equal((10, 0, 5), (Count("images"), Count("purges"), Count("erased")));
        Assert.Equal(receipt, await two.EraseAsync(low, "e1"));
        Assert.Equal(receipt, await cluster.Gallery("people").GetErasureAsync("e1"));
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => two.EraseAsync(low, "e2"));
    }

    [Fact]
    public async Task Erase_AnImage_TheOthersStayToTheBit()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        string image = two.ImagesOf(TwoIdentities.High)[1];

        ErasureReceipt receipt = await two.EraseAsync(TwoIdentities.High, "e1", image);

        ImageToEnrol[] erased = two.Erased(TwoIdentities.High, image);
        Assert.Equal((image, 1, HashOf(erased)), (receipt.ImageId, receipt.ImagesErased, receipt.ContentsHash));
        Assert.Equal((5, 4, two.HashOf(TwoIdentities.High)),
            (receipt.Identity.Before.Count, receipt.Identity.After.Count, receipt.Identity.After.Hash));
        await two.AssertAsync();
        Assert.Equal((14, 1), (Count("images"), Count("erased")));
        await Assert.ThrowsAsync<ImageNotFoundException>(() => two.EraseAsync(TwoIdentities.High, "e2", image));
        await Assert.ThrowsAsync<ImageNotFoundException>(() => two.EraseAsync("nobody", "e3", image));
        Assert.Equal(receipt, await two.EraseAsync(TwoIdentities.High, "e1", image));
    }

    [Fact]
    public async Task Enrol_ErasedContent_IsRefusedEverywhereAndOtherContentIsNot()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        await two.EraseAsync(TwoIdentities.Low, "e1");
        ImageToEnrol[] erased = two.Erased(TwoIdentities.Low);

        foreach (string id in (string[])[TwoIdentities.Low, TwoIdentities.Beside, TwoIdentities.High, "new"])
        {
            await Assert.ThrowsAsync<ImageErasedException>(
                () => two.Grain(id).EnrolAsync(erased[0] with { ImageId = "other" }));
        }

        Task<EnrolReceipt>[] together =
        [
            two.Grain(TwoIdentities.Low).EnrolAsync(erased[3]),
            two.Grain(TwoIdentities.Low).EnrolAsync(erased[1]),
        ];
        await two.EnrolAsync(TwoIdentities.Low, 70);
        foreach (Task<EnrolReceipt> refused in together)
        {
            await Assert.ThrowsAsync<ImageErasedException>(() => refused);
        }

        await two.AssertAsync();
        Gallery other = await cluster.CreateAsync("others");
        await cluster.Identity(other, "a").EnrolAsync(erased[0]);
    }

    [Fact]
    public async Task Enrol_ErasedContentAfterARestartOrAMove_IsRefusedStill()
    {
        ImageToEnrol erased;
        await using (GalleryCluster first = await StartAsync())
        {
            TwoIdentities two = await TwoIdentities.FillAsync(first);
            erased = two.Erased(TwoIdentities.Low)[0];
            await two.EraseAsync(TwoIdentities.Low, "e1");
        }

        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, () => new SqliteGalleryStore(DatabaseFile));
        Gallery gallery = await cluster.Gallery("people").GetAsync();
        foreach (int silo in (int[])[0, 1])
        {
            await cluster.MoveAsync(gallery, 0, cluster.Silos[silo]);
            await Assert.ThrowsAsync<ImageErasedException>(
                () => Answer.GetAsync(() => cluster.Identity(gallery, TwoIdentities.Low).EnrolAsync(erased)));
        }
    }

    [Fact]
    public async Task Enrol_ErasedContentWhereNothingIsRefused_IsEnrolled()
    {
        await using GalleryCluster cluster = await StartAsync(TimeSpan.Zero);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);

        ErasureReceipt receipt = await two.EraseAsync(TwoIdentities.Low, "e1");

        Assert.Null(receipt.RefusedUntil);
        Assert.Equal(0, Count("erased"));
        two.Erased(TwoIdentities.Low);
        await two.EnrolAsync(TwoIdentities.Low, 0);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Enrol_ErasedContentOnceItsTimeIsOver_IsEnrolled()
    {
        await using GalleryCluster cluster = await StartAsync(TimeSpan.FromMilliseconds(1));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);

        ErasureReceipt receipt = await two.EraseAsync(TwoIdentities.Low, "e1");
        two.Erased(TwoIdentities.Low);
        SpinWait.SpinUntil(() => DateTimeOffset.UtcNow > receipt.RefusedUntil);

        await two.EnrolAsync(TwoIdentities.Low, 0);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Undo_AnErasureOrWhatItTook_IsRefused()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        string[] images = two.ImagesOf(low);
        await two.TransferAsync(low, high, "m", null);
        two.Moved(low, high, null);
        await two.EraseAsync(high, "e1", images[0]);
        two.Erased(high, images[0]);

        await Assert.ThrowsAsync<OperationConflictException>(() => two.UndoAsync(high, "e1", "u1"));
        await Assert.ThrowsAsync<ImageNotFoundException>(() => two.UndoAsync(high, "m", "u2"));
        await Assert.ThrowsAsync<OperationConflictException>(
            () => cluster.Gallery("people").GetOperationAsync("e1"));
        await Assert.ThrowsAsync<OperationConflictException>(() => cluster.Gallery("people").GetErasureAsync("m"));
        await Assert.ThrowsAsync<OperationNotFoundException>(
            () => cluster.Gallery("people").GetErasureAsync("none"));

        await two.AssertAsync();
    }

    [Fact]
    public async Task Erase_AnIdThatStandsForSomethingElse_IsAConflict()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (string low, string high) = (TwoIdentities.Low, TwoIdentities.High);
        string[] images = two.ImagesOf(high);
        await two.TransferAsync(high, low, "m", images[0]);
        two.Moved(high, low, images[0]);
        await two.EraseAsync(high, "e", images[1]);
        two.Erased(high, images[1]);

        foreach (Func<Task> call in (Func<Task>[])
            [
                () => two.EraseAsync(high, "m"),
                () => two.EraseAsync(high, "e"),
                () => two.EraseAsync(high, "e", images[2]),
                () => two.EraseAsync(low, "e", images[1]),
                () => two.TransferAsync(high, low, "e", images[2]),
            ])
        {
            await Assert.ThrowsAsync<OperationConflictException>(call);
        }

        await two.AssertAsync();
    }

    [Fact]
    public async Task Erase_TwoIdentitiesAtOnceByOneId_OneOfThemIsAConflict()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        string[] ids = [TwoIdentities.Low, TwoIdentities.High];

        Task<ErasureReceipt>[] both = [.. ids.Select(id => two.EraseAsync(id, "e"))];
        await Task.WhenAll(both).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        int done = Array.FindIndex(both, one => one.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<OperationConflictException>(() => both[1 - done]);
        two.Erased(ids[done]);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Erase_TheSameTwiceAtOnce_GivesOneReceipt()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);

        ErasureReceipt[] both = await Task.WhenAll(
            two.EraseAsync(TwoIdentities.Low, "e"), two.EraseAsync(TwoIdentities.Low, "e"));

        Assert.Equal(both[0], both[1]);
        two.Erased(TwoIdentities.Low);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Erase_WithPictures_LeavesNoByteOfThem()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        ImageToEnrol image = Images.Of(1, 1) with
        {
            Picture = new KeptPicture { Thumbnail = [1, 2, 3], Original = [4, 5, 6, 7] },
        };
        await cluster.Identity(gallery, "a").EnrolAsync(image);
        await cluster.Identity(gallery, "b").EnrolAsync(image);

        await cluster.Identity(gallery, "a").EraseAsync(new EraseRequest { OperationId = "1" });
        Assert.Equal((1, 1), (Count("pictures"), Count("images")));
        await cluster.Identity(gallery, "b").EraseAsync(
            new EraseRequest { OperationId = "2", ImageId = image.ImageId });

        Assert.Equal((0, 0, 0, 0), (Count("pictures"), Count("images"), Count("facet_sums"), Count("identities")));
    }

    public void Dispose() => _folder.Dispose();

    private static string HashOf(IEnumerable<ImageToEnrol> images) => Convert.ToHexStringLower(SHA256.HashData(
        [.. images.Select(image => Convert.ToHexString(image.ContentHash)).Order(StringComparer.Ordinal)
            .SelectMany(Convert.FromHexString)]));

    private Task<GalleryCluster> StartAsync(TimeSpan? refuse = null) => GalleryCluster.StartAsync(
        () => new SqliteGalleryStore(DatabaseFile),
        silo => silo.Configure<CommitterOptions>(
            options => options.RefuseErased = refuse ?? options.RefuseErased));

    private long Count(string table)
    {
        using SqliteConnection file = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadOnly);
        using SqliteStatement count = new(file, $"SELECT count(*) FROM {table}", 0);
        using SqliteDataReader row = count.Read(null);
        row.Read();
        return row.GetInt64(0);
    }
}
