using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>What is kept of images, through the real grains and the real store.</summary>
public sealed class PictureTests : IDisposable
{
    private static readonly KeptPicture Kept = new() { Thumbnail = [1, 2, 3], Original = [4, 5, 6, 7] };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Enrol_AndMerge_ThePictureIsReadAtWhicheverIdentityHasTheImage()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        Gallery gallery = await CreateAsync(cluster);
        ImageToEnrol image = Images.Of(1, 1) with { Picture = Kept };
        await cluster.Identity(gallery, "a").EnrolAsync(image);
        await cluster.Identity(gallery, "b").EnrolAsync(Images.Of(2, 1));

        Assert.Equal(Kept.Thumbnail, (await ReadAsync(cluster, gallery, "a", image, original: false)).Bytes);
        await cluster.Identity(gallery, "a").TransferAsync(new TransferRequest
        {
            OperationId = "op", TargetId = "b", ImageIds = null, Target = TransferTarget.Existing,
        });

        Assert.Equal(Kept.Original, (await ReadAsync(cluster, gallery, "b", image, original: true)).Bytes);
        await Assert.ThrowsAsync<ImageNotFoundException>(
            () => ReadAsync(cluster, gallery, "a", image, original: false));
        await Assert.ThrowsAsync<PictureNotFoundException>(
            () => ReadAsync(cluster, gallery, "b", Images.Of(2, 1), original: false));
        EnrolledImage stored = await cluster.Identity(gallery, "b").GetImageAsync(image.ImageId);
        Assert.True(stored.HasPicture);
        Assert.Equal(7, (await cluster.Gallery("people").DescribeAsync()).PictureBytes);
    }

    [Fact]
    public async Task Enrol_OriginalsAsLargeAsMayBe_AllArriveAndTheImageTakesItsOwnAlong()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, () => new SqliteGalleryStore(_folder.File("gallery.db")));
        Gallery gallery = await CreateAsync(cluster);
        byte[] original = new byte[KeptPicture.MaxOriginalBytes];
        ImageToEnrol[] images =
        [
            .. Enumerable.Range(0, 6).Select(i => Images.Of(1, i) with { Picture = Kept with { Original = original } }),
        ];

        EnrolReceipt[] receipts = await Task.WhenAll(
            images.Select(image => cluster.Identity(gallery, "a").EnrolAsync(image)));

        Assert.All(receipts, receipt => Assert.Equal(EnrolOutcome.Searchable, receipt.Outcome));
        Assert.Equal(original, (await ReadAsync(cluster, gallery, "a", images[5], original: true)).Bytes);
        await cluster.Identity(gallery, "a").RemoveImageAsync(images[5].ImageId);
        Assert.Equal(5 * (3 + original.LongLength), (await cluster.Gallery("people").DescribeAsync()).PictureBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_AnIdentityOrItsLastImage_TheBytesAreGoneWithoutAWait(bool whole)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        Gallery gallery = await CreateAsync(cluster);
        ImageToEnrol image = Images.Of(1, 1) with { Picture = Kept };
        await cluster.Identity(gallery, "a").EnrolAsync(image);

        IIdentityGrain identity = cluster.Identity(gallery, "a");
        await (whole ? identity.DeleteAsync() : identity.RemoveImageAsync(image.ImageId));

        // The store's next round by itself is minutes away.
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while ((await cluster.Gallery("people").DescribeAsync()).PictureBytes > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Task<Gallery> CreateAsync(GalleryCluster cluster) =>
        cluster.Gallery("people").CreateAsync(new Gallery
        {
            Name = "people",
            Dimension = 16,
            Partitions = 8,
            Settings = new() { Model = "m", Keep = PictureKeep.Original },
        });

    private static Task<KeptFile> ReadAsync(
        GalleryCluster cluster, Gallery gallery, string identity, ImageToEnrol image, bool original) =>
        cluster.Identity(gallery, identity).GetPictureAsync(image.ImageId, original);
}
