using System.Text;
using OrleansGallery.Abstractions;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Galleries and what is in them, listed.</summary>
public sealed class GalleryListTests : IDisposable
{
    private const int Dimension = 16;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Galleries_CreateListDelete_NumbersAreNeverReused()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery first = await cluster.CreateAsync("a");
        await cluster.Identity(first, "p1").EnrolAsync(Images.Of(1, 1, Dimension));
        await Assert.ThrowsAsync<GalleryExistsException>(() => cluster.CreateAsync("a"));
        await cluster.Gallery("a").DeleteAsync();
        await Assert.ThrowsAsync<GalleryNotFoundException>(cluster.Gallery("a").GetAsync);
        await Assert.ThrowsAnyAsync<Exception>(
            () => cluster.Identity(first, "p1").EnrolAsync(Images.Of(1, 2, Dimension)));

        Gallery second = await cluster.CreateAsync("a");

        Assert.True(second.Number > first.Number);
        Assert.Equal(0, (await cluster.Gallery("a").DescribeAsync()).Images);
        IReadOnlyList<Gallery> all = await cluster.Grains.GetGrain<IGalleryListGrain>(0).ListAsync();
        Assert.Equal(["a"], all.Select(settings => settings.Name));
    }

    [Fact]
    public async Task ListIdentities_PageByPage_IsInTheOrderOfUtf8Bytes()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        // U+FFFD and U+E000 come before U+1F600 and U+10FFFF by bytes, and after their surrogates by UTF-16.
        string[] ids =
        [
            .. Enumerable.Range(0, 25).Select(i => $"p {i} é😀"),
            "\uFFFD", "\uE000", "😀", "\U0010FFFF", "x\uFFFDa", "x😀", "x", "x\uFFFD",
        ];
        foreach (string id in ids)
        {
            await cluster.Identity(gallery, id).EnrolAsync(Images.Of(1, 1, Dimension));
        }

        List<string> listed = [];
        string? cursor = null;
        do
        {
            IdentityPage page = await cluster.Gallery("people").ListIdentitiesAsync(cursor, 4);
            Assert.InRange(page.Identities.Count, 1, 4);
            listed.AddRange(page.Identities.Select(entry => entry.IdentityId));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(
            ids.OrderBy(id => Convert.ToHexString(Encoding.UTF8.GetBytes(id)), StringComparer.Ordinal), listed);
        Assert.Equal(ids.Order(IdOrder.Instance), listed);
        await Assert.ThrowsAsync<InvalidIdException>(
            () => cluster.Gallery("people").ListIdentitiesAsync("no/id", 4));
    }

    [Fact]
    public async Task ListImages_PageByPage_NamesEveryImageOnce()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        IIdentityGrain identity = cluster.Identity(gallery, "p1");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => identity.EnrolAsync(Images.Of(1, i, Dimension))));

        ImagePage first = await identity.ListImagesAsync(null, 6);
        ImagePage second = await identity.ListImagesAsync(first.Next, 6);

        Assert.Equal((6, 4), (first.Images.Count, second.Images.Count));
        Assert.Null(second.Next);
        Assert.Equal(10, first.Images.Concat(second.Images).Select(image => image.ImageId).Distinct().Count());
        Assert.InRange((await identity.GetAsync(true)).Dispersion!.Value, 0.01, 1);
    }

    public void Dispose() => _folder.Dispose();

    private Task<GalleryCluster> StartAsync() => GalleryCluster.StartAsync(_folder.File("gallery.db"));
}
