using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests;

/// <summary>A file that may not grow, as on a full disk, and damaged files.</summary>
public sealed class FullStoreTests : IDisposable
{
    private const int NoRoom = 1;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteGalleryStore _store;
    private readonly PartitionKey _key;
    private PartitionPosition _position;

    public FullStoreTests()
    {
        _store = new SqliteGalleryStore(DatabaseFile);
        _key = new PartitionKey(_store.CreateGallery(Gallery("people"))!.Number, 0);
        _position = _store.TakePartition(_key)!;
        Assert.True(Commit(0));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Commit_NoRoom_IsRolledBackReadsGoOnAndRoomIsEnough()
    {
        _store.MaxPages = NoRoom;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            StoreFullException error = Assert.Throws<StoreFullException>(() => Commit(1));
            Assert.False(error.IsOutcomeUnknown);
            Assert.Contains(DatabaseFile, error.Message, StringComparison.Ordinal);
            Assert.Equal(1, (await _store.ReadPositionAsync(_key, Token))!.Sequence);
            Assert.NotNull(await _store.ReadImageAsync(_key, "p0", "i", Token));
            Assert.Null(await _store.ReadIdentityAsync(_key, "p1", Token));
        }

        _store.MaxPages = null;
        Assert.True(Commit(1));
        Assert.NotNull(await _store.ReadImageAsync(_key, "p1", "i", Token));
    }

    [Fact]
    public async Task OtherWrites_NoRoom_AreRefusedAndChangeNothing()
    {
        _store.MaxPages = NoRoom;

        Assert.Throws<StoreFullException>(() => _store.CreateGallery(Gallery("others") with { Partitions = 4096 }));
        Assert.Throws<StoreFullException>(
            () => _store.PutSearchBasis(_key.Gallery, 0, new StoredBasis(1, new byte[1 << 20])));
        Assert.Throws<StoreFullException>(_store.CheckWritable);

        Assert.Equal("people", Assert.Single(await _store.ListGalleriesAsync(Token)).Name);
        Assert.Equal(0, await _store.ReadSearchBasisVersionAsync(_key.Gallery, Token));
        _store.MaxPages = null;
        _store.CheckWritable();
        Assert.Null(await _store.ReadIdentityAsync(new PartitionKey(-1, -1), "", Token));
        Assert.Empty(await _store.ReadImagesAsync(new PartitionKey(-1, -1), "", null, 10, false, Token));
        Assert.NotNull(_store.CreateGallery(Gallery("others")));
    }

    [Fact]
    public void Commit_FailsInTheMiddle_LeavesNoTransactionOpen()
    {
        _store.BeforeCommit = () => throw new InvalidOperationException("A defect.");
        Assert.Throws<InvalidOperationException>(() => Commit(1));
        _store.BeforeCommit = null;
        Assert.True(Commit(1));
    }

    [Fact]
    public void Open_NoDatabase_IsDamaged()
    {
        string file = _folder.File("text.db");
        File.WriteAllText(file, new string('x', 8192));
        StoreDamagedException error = Assert.Throws<StoreDamagedException>(() => new SqliteGalleryStore(file));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoFolder_IsUnavailable() => Assert.Throws<StoreUnavailableException>(
        () => new SqliteGalleryStore(_folder.File("none/gallery.db")));

    [Fact]
    public async Task ReadAndTake_DamagedPages_AreSaidToBeDamaged()
    {
        string copy = _folder.File("damaged.db");
        using (SqliteGalleryStore whole = new(copy))
        {
            whole.CreateGallery(Gallery("people"));
        }

        using (FileStream file = new(copy, FileMode.Open))
        {
            // Page 1 has the schema; all that follow are thrown away.
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0x5a, (int)file.Length - 4096).ToArray());
        }

        using SqliteGalleryStore damaged = new(copy);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            await Assert.ThrowsAsync<StoreDamagedException>(() => damaged.ReadImageAsync(_key, "p0", "i", Token));
        }

        Assert.Throws<StoreDamagedException>(() => damaged.TakePartition(_key));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static GalleryRecord Gallery(string name) => new()
    {
        Name = name, Dimension = 1, Partitions = 1, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private bool Commit(int identity)
    {
        bool applied = _store.Commit(
        [
            new PartitionWrite
            {
                Key = _key,
                Epoch = _position.Epoch,
                Sequence = _position.Sequence,
                Token = Guid.NewGuid(),
                Identities =
                [
                    new IdentityWrite
                    {
                        IdentityId = $"p{identity}",
                        Deleted = false,
                        RemovedImages = [],
                        AddedImages =
                        [
                            new StoredImage
                            {
                                ImageId = "i", Facet = "", ContentHash = new byte[32], Embedding = new byte[20_000],
                            },
                        ],
                        Facets = [new StoredFacet("", 1, [1])],
                    },
                ],
            },
        ])[0];
        _position = _position with { Sequence = _position.Sequence + 1 };
        return applied;
    }
}
