using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A file that may not grow, as on a full disk, and damaged files.</summary>
public sealed class FullStoreTests : IAsyncLifetime
{
    private const int NoRoom = 1;
    private const int Many = 3000;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteGalleryStore _store;
    private OwnedPartition? _partition;

    public FullStoreTests() => _store = new SqliteGalleryStore(DatabaseFile);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OwnedPartition Partition => _partition!;

    private string DatabaseFile => _folder.File("gallery.db");

    public async ValueTask InitializeAsync()
    {
        long number = (await CreateAsync(_store, "people"))!.Number;
        _partition = await OwnedPartition.TakeAsync(_store, new(number, 0), Token);
        Assert.True(await Partition.CommitAsync(_store, IdentityChange.Add("p0", "i")));
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Commit_NoRoom_IsRolledBackReadsGoOnAndRoomIsEnough()
    {
        IdentityChange large = Large("p1");
        _store.MaxPages = NoRoom;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            StoreAwayException error = await FullAsync(() => Partition.CommitAsync(_store, large));
            Assert.Contains(DatabaseFile, error.Message, StringComparison.Ordinal);
            await StoredContent.AssertAsync(_store, Partition, Token);
            Assert.Null(await _store.ReadIdentityAsync(Partition.Key, "p1", Token));
        }

        _store.MaxPages = null;
        Assert.True(await Partition.CommitAsync(_store, large));
        await StoredContent.AssertAsync(_store, Partition, Token);
    }

    [Fact]
    public async Task OtherWrites_NoRoom_AreRefusedAndChangeNothing()
    {
        _store.MaxPages = NoRoom;

        await FullAsync(() => CreateAsync(_store, "others", partitions: 4096));
        await FullAsync(() => _store.PutSearchBasisAsync(
            Partition.Key.Gallery, 0, new StoredBasis(1, new byte[1 << 20]), Token));
        await FullAsync(() => _store.CheckWritableAsync(Token));

        Assert.Equal("people", Assert.Single(await _store.ListGalleriesAsync(Token)).Name);
        Assert.Equal(0, await _store.ReadSearchBasisVersionAsync(Partition.Key.Gallery, Token));
        _store.MaxPages = null;
        await _store.CheckWritableAsync(Token);
        Assert.Null(await _store.ReadIdentityAsync(new PartitionKey(-1, -1), "", Token));
        Assert.Empty(await _store.ReadImagesAsync(new PartitionKey(-1, -1), "", null, 10, false, Token));
        Assert.NotNull(await CreateAsync(_store, "others"));
    }

    [Fact]
    public async Task Commit_FailsInTheMiddle_LeavesNoTransactionOpen()
    {
        _store.BeforeCommit = () => throw new InvalidOperationException("A defect.");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Partition.CommitAsync(_store, IdentityChange.Add("p1", "i")));
        _store.BeforeCommit = null;
        Assert.True(await Partition.CommitAsync(_store, IdentityChange.Add("p1", "i")));
        await StoredContent.AssertAsync(_store, Partition, Token);
    }

    [Fact]
    public void Open_NoDatabase_IsDamaged()
    {
        string file = _folder.File("text.db");
        File.WriteAllText(file, new string('x', 8192));
        StoreAwayException error = Assert.Throws<StoreAwayException>(() => new SqliteGalleryStore(file));
        Assert.Equal(StoreAwayReason.Damaged, error.Reason);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoFolder_IsFailing() => Assert.Equal(
        StoreAwayReason.Failing,
        Assert.Throws<StoreAwayException>(() => new SqliteGalleryStore(_folder.File("none/gallery.db"))).Reason);

    [Fact]
    public async Task ReadAndTake_DamagedPages_AreSaidToBeDamaged()
    {
        string copy = _folder.File("damaged.db");
        using (SqliteGalleryStore whole = new(copy))
        {
            await CreateAsync(whole, "people");
        }

        Damage(copy);
        using SqliteGalleryStore damaged = new(copy);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            await DamagedAsync(() => damaged.ReadImageAsync(Partition.Key, "p0", "i", Token));
        }

        await DamagedAsync(() => damaged.TakePartitionAsync(Partition.Key, Guid.NewGuid(), Token));
    }

    // The first pages of the tables and of their indexes; not those of the schema, without which it would not open.
    private static void Damage(string path)
    {
        List<long> pages;
        int size;
        using (SqliteConnection connection = SqliteConnections.Open(path, SqliteOpenMode.ReadOnly))
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            SqliteSnapshot snapshot = new(connection, transaction);
            size = snapshot.Select("PRAGMA page_size", row => row.GetInt32(0)).Single();
            pages = [.. snapshot.Select(
                "SELECT rootpage FROM sqlite_schema WHERE rootpage > 1", row => row.GetInt64(0))];
        }

        using FileStream file = new(path, FileMode.Open);
        foreach (long page in pages)
        {
            file.Position = (page - 1) * size;
            file.Write(Enumerable.Repeat((byte)0x5a, size).ToArray());
        }
    }

    private static Task<GalleryRecord?> CreateAsync(SqliteGalleryStore store, string name, int partitions = 1) =>
        store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = name,
                Dimension = TestImages.Dimension,
                Partitions = partitions,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(),
            Token);

    private static async Task<StoreAwayException> FullAsync(Func<Task> write)
    {
        StoreAwayException error = await Assert.ThrowsAsync<StoreAwayException>(write);
        Assert.Equal((StoreAwayReason.Full, false), (error.Reason, error.IsOutcomeUnknown));
        return error;
    }

    private static async Task DamagedAsync(Func<Task> call) => Assert.Equal(
        StoreAwayReason.Damaged, (await Assert.ThrowsAsync<StoreAwayException>(call)).Reason);

    private static IdentityChange Large(string id) =>
        IdentityChange.Add(id, Enumerable.Range(0, Many).Select(i => $"i{i}"));
}
