using Microsoft.Data.Sqlite;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>Files as earlier programs left them. Their SQL is written out here, as the schema's own may not
/// tell.</summary>
public sealed class SchemaMigrationTests : IDisposable
{
    private const string Version1 = """
        CREATE TABLE galleries (
            number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL,
            partitions INTEGER NOT NULL, model TEXT, normalize_first INTEGER NOT NULL, threshold REAL,
            margin REAL NOT NULL, created_at INTEGER NOT NULL) STRICT;
        CREATE TABLE deleted_galleries (number INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE partitions (
            gallery INTEGER NOT NULL, partition INTEGER NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
            token BLOB NOT NULL, PRIMARY KEY (gallery, partition)) STRICT, WITHOUT ROWID;
        CREATE TABLE identities (
            gallery INTEGER NOT NULL, partition INTEGER NOT NULL, identity TEXT NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (gallery, partition, identity)) STRICT, WITHOUT ROWID;
        CREATE TABLE facet_sums (
            gallery INTEGER NOT NULL, partition INTEGER NOT NULL, identity TEXT NOT NULL, facet TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0), sum BLOB NOT NULL,
            PRIMARY KEY (gallery, partition, identity, facet)) STRICT;
        CREATE TABLE images (
            gallery INTEGER NOT NULL, partition INTEGER NOT NULL, identity TEXT NOT NULL, image TEXT NOT NULL,
            facet TEXT NOT NULL, content_hash BLOB NOT NULL CHECK (length(content_hash) = 32), taken_at INTEGER,
            version INTEGER NOT NULL, embedding BLOB NOT NULL,
            PRIMARY KEY (gallery, partition, identity, image)) STRICT;
        PRAGMA user_version = 1;
        """;

    private const string Version2 = Version1 + """
        ALTER TABLE galleries ADD COLUMN search_basis_version INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE galleries ADD COLUMN search_basis BLOB;
        PRAGMA user_version = 2;
        """;

    private const string Content = """
        INSERT INTO galleries (
                number, name, dimension, partitions, model, normalize_first, threshold, margin, created_at)
            VALUES (7, 'people', 128, 1, 'm"1', 1, 0.30000000000000004, 0.05, 1700000000000),
                   (8, 'vectors', 4, 2, NULL, 0, NULL, 0, 0), (9, 'gone', 4, 2, NULL, 0, NULL, 0, 0);
        DELETE FROM galleries WHERE number = 9;
        INSERT INTO partitions VALUES (7, 0, 3, 9, zeroblob(16));
        INSERT INTO identities VALUES (7, 0, 'p1', 9);
        INSERT INTO facet_sums VALUES (7, 0, 'p1', '', 1, zeroblob(1024));
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Theory]
    [InlineData(Version1)]
    [InlineData(Version2)]
    public async Task Open_AFileOfAnOlderVersion_KeepsWhatItHas(string schema)
    {
        Make(schema + Content);

        using (SqliteGalleryStore store = new(DatabaseFile))
        {
            GalleryRecord people = (await store.FindGalleryAsync("people", Token))!;
            Assert.Equal((7, 128, 1), (people.Number, people.Dimension, people.Partitions));
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000), people.CreatedAt);
            Assert.Equal(
                new GallerySettings
                {
                    Model = "m\"1",
                    NormalizeFirst = true,
                    Threshold = 0.30000000000000004,
                    Margin = 0.05,
                    Transparency = "drop",
                },
                GallerySettings.FromJson(people.Settings));
            GalleryRecord vectors = (await store.FindGalleryAsync(8, Token))!;
            Assert.Equal(
                new GallerySettings { Transparency = "drop" }, GallerySettings.FromJson(vectors.Settings));
            Assert.Equal(9, (await store.ReadIdentityAsync(new PartitionKey(7, 0), "p1", Token))!.Version);
            PartitionState taken =
                (await store.TakePartitionAsync(new PartitionKey(7, 0), Guid.NewGuid(), Token))!.State;
            Assert.Equal((4, 9), (taken.Position.Epoch, taken.Position.Sequence));
            Assert.Equal((1, 1, 0), (taken.Totals.Identities, taken.Totals.Images, taken.Totals.Rows));
            Assert.Null(await store.ReadSearchBasisAsync(7, Token));
            Assert.True(await store.PutSearchBasisAsync(7, 0, new StoredBasis(1, [1]), Token));
            Assert.Null(await store.CreateGalleryAsync(people, Guid.NewGuid(), Token));
        }

        using SqliteGalleryStore again = new(DatabaseFile);
        Assert.Equal(1, await again.ReadSearchBasisVersionAsync(7, Token));
        Assert.Equal(["people", "vectors"], (await again.ListGalleriesAsync(Token)).Select(gallery => gallery.Name));
    }

    [Theory]
    [InlineData(Version1 + Content)]
    [InlineData(Version2 + Content)]
    public async Task Open_AFileOfAnOlderVersion_NeverReusesANumber(string sql)
    {
        Make(sql);
        using SqliteGalleryStore store = new(DatabaseFile);
        Assert.Equal(10, (await CreateAsync(store)).Number);
    }

    [Fact]
    public async Task Open_AnEmptyFileOfVersion2WhoseGalleriesAreGone_NeverReusesANumber()
    {
        Make(Version2 + Content + "DELETE FROM galleries;");
        using SqliteGalleryStore store = new(DatabaseFile);
        Assert.Equal(10, (await CreateAsync(store)).Number);
    }

    [Fact]
    public async Task Open_AFileOfVersion2WithASearchBasis_KeepsTheBasis()
    {
        Make(Version2 + Content + "UPDATE galleries SET search_basis_version = 5, search_basis = zeroblob(100000);");
        using SqliteGalleryStore store = new(DatabaseFile);
        StoredBasis basis = (await store.ReadSearchBasisAsync(7, Token))!;
        Assert.Equal((5, 100_000), (basis.Version, basis.Bytes.Length));
    }

    [Fact]
    public async Task Open_AFileOfVersion8WithAPurgeUnderWay_GoesOnAndErases()
    {
        using (SqliteConnection old = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadWriteCreate))
        {
            SqliteSchema.Migrate(old, 8);
            SqliteConnections.Execute(old, """
                INSERT INTO galleries (number, name, dimension, partitions, created_at, settings)
                    VALUES (7, 'people', 4, 1, 0, '{}');
                INSERT INTO partitions (gallery, partition, sequence) VALUES (7, 0, 2);
                INSERT INTO images (gallery, partition, identity, image, facet, content_hash, version, embedding)
                    VALUES (7, 0, 'a', '1', '', zeroblob(32), 1, zeroblob(16));
                INSERT INTO purges (gallery, partition, identity, version) VALUES (7, 0, 'a', 2);
                """);
        }

        using SqliteGalleryStore store = new(DatabaseFile);
        Assert.Equal(8, store.SchemaBefore.Found);
        OwnedPartition partition = await OwnedPartition.TakeAsync(store, new PartitionKey(7, 0), Token);
        Assert.True(await partition.CommitAsync(store, IdentityChange.Add("a", "2")));
        Assert.True(await new ModelErasure(partition, "a").CommitAsync(store, "op", ModelErasure.Late));
        while (await store.PurgeIdentityAsync(partition.Key, "a", 1, Token))
        {
        }

        await StoredContent.AssertAsync(store, partition, Token);
        Assert.Equal(0, Count("images"));
        Assert.Equal(1, Count("erased"));
    }

    [Fact]
    public async Task Open_AFileOfVersion9_LetsIdentitiesThatAreThereHaveAttributes()
    {
        using (SqliteConnection old = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadWriteCreate))
        {
            SqliteSchema.Migrate(old, 9);
            SqliteConnections.Execute(old, """
                INSERT INTO galleries (number, name, dimension, partitions, created_at, settings)
                    VALUES (7, 'people', 4, 1, 0, '{}');
                INSERT INTO partitions (gallery, partition, sequence) VALUES (7, 0, 1);
                INSERT INTO identities (gallery, partition, identity, version, born, count, hash)
                    VALUES (7, 0, 'a', 1, 1, 1, zeroblob(32));
                INSERT INTO images (gallery, partition, identity, image, facet, content_hash, version, embedding)
                    VALUES (7, 0, 'a', '1', '', zeroblob(32), 1, zeroblob(16));
                """);
        }

        using SqliteGalleryStore store = new(DatabaseFile);
        PartitionKey key = new(7, 0);
        Assert.Equal(9, store.SchemaBefore.Found);
        Assert.Equal(AttributeSet.Empty, (await store.ReadIdentityAsync(key, "a", Token))!.Attributes);
        OwnedPartition partition = await OwnedPartition.TakeAsync(store, key, Token);
        AttributeSet red = AttributeSet.Of([new("colour", "red")]);
        Assert.True(await partition.CommitAsync(store, IdentityChange.Add("a", "2") with { Attributes = red }));
        StoredIdentity stored = (await store.ReadIdentityAsync(key, "a", Token))!;
        Assert.Equal((2, red, 2), (stored.Version, stored.Attributes, stored.Images.Count));
    }

    [Fact]
    public void Open_MigrationFails_LeavesTheFileAsItWas()
    {
        // A table of the new name is in the way, as nothing of ours would leave one.
        Make(Version2 + Content + "CREATE TABLE new_galleries (x INTEGER) STRICT;");
        Assert.ThrowsAny<Exception>(() => new SqliteGalleryStore(DatabaseFile));
        using SqliteConnection file = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadOnly);
        using SqliteStatement version = new(
            file, "SELECT (SELECT user_version FROM pragma_user_version), margin FROM galleries", 0);
        using SqliteDataReader row = version.Read(null);
        Assert.True(row.Read());
        Assert.Equal(2, row.GetInt64(0));
    }

    [Fact]
    public void Open_AFileOfANewerProgram_IsRefused()
    {
        new SqliteGalleryStore(DatabaseFile).Dispose();
        Make("PRAGMA user_version = 99");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => new SqliteGalleryStore(DatabaseFile));

        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<GalleryRecord> CreateAsync(SqliteGalleryStore store) => (await store.CreateGalleryAsync(
        new GalleryRecord { Name = "new", Dimension = 1, Partitions = 1, CreatedAt = DateTimeOffset.UnixEpoch },
        Guid.NewGuid(),
        Token))!;

    private long Count(string table)
    {
        using SqliteConnection file = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadOnly);
        using SqliteStatement count = new(file, $"SELECT count(*) FROM {table}", 0);
        using SqliteDataReader row = count.Read(null);
        row.Read();
        return row.GetInt64(0);
    }

    private void Make(string sql)
    {
        using SqliteConnection connection = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadWriteCreate);
        SqliteConnections.Execute(connection, sql);
    }
}
