using OrleansGallery.Abstractions;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

public sealed class PartitionPlacesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upkeep_AGalleryWasDeletedAndNobodySaidSo_ItsPlacesAreForgotten()
    {
        GalleryRecord gallery = Owner.CreateGallery(_folder.File("gallery.db"));
        using Owner owner = new(_folder.File("gallery.db"));
        owner.Places.Learn(PlaceIn(gallery.Number));
        owner.Places.Learn(PlaceIn(gallery.Number + 7));

        await owner.Upkeep.ForgetGalleriesAsync(Token);
        Assert.Equal([gallery.Number], owner.Places.Galleries);
        Assert.NotNull(owner.Places.Find(new PartitionKey(gallery.Number, 0)));

        await owner.Store.DeleteGalleryAsync(gallery.Number, Guid.NewGuid(), Token);
        await owner.Upkeep.ForgetGalleriesAsync(Token);
        Assert.Empty(owner.Places.Galleries);
    }

    public void Dispose() => _folder.Dispose();

    private static PartitionPlace PlaceIn(long gallery) => new()
    {
        Gallery = gallery, Partition = 0, Silo = FixedMembership.Address(1), Epoch = 1,
    };
}
