using System.Globalization;
using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A file in a folder of the test's own.</summary>
public sealed class SqliteDatabase : StoreDatabase
{
    private readonly TemporaryFolder _folder = new();

    public string DatabaseFile => _folder.File("gallery.db");

    public static Task<StoreDatabase> CreateAsync() => Task.FromResult<StoreDatabase>(new SqliteDatabase());

    public override Task<IGalleryStore> OpenAsync() =>
        Task.FromResult<IGalleryStore>(new SqliteGalleryStore(DatabaseFile));

    public override Task SpoilPicturesAsync(string statement)
    {
        using SqliteConnection file = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadWrite);
        SqliteConnections.Execute(file, string.Format(CultureInfo.InvariantCulture, statement, "pictures"));
        return Task.CompletedTask;
    }

    public override Task<long> CountAsync(string table)
    {
        using SqliteConnection file = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadOnly);
        using SqliteStatement count = new(file, $"SELECT count(*) FROM {table}", 0);
        using SqliteDataReader row = count.Read(null);
        row.Read();
        return Task.FromResult(row.GetInt64(0));
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
