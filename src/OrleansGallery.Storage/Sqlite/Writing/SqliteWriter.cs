using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The one writing connection with its prepared statements; used by one thread at a time.</summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private const int ProbeBytes = 64 * 1024;

    private readonly SqliteConnection _connection;
    private readonly CommitStatements _commits;
    private int? _maxPages;

    public SqliteWriter(string file)
    {
        _connection = SqliteConnections.Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // Of a new file: three rows of a 512-d centroid or sum fill a page, of which a page of 4 KiB holds one.
            SqliteConnections.Execute(_connection, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; "
                + "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
            OverwriteDeleted(isOn: true);
            FoundVersion = SqliteSchema.Migrate(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _commits = new CommitStatements(_connection);
    }

    /// <summary>The version that the file had when it was opened; 0: it was new.</summary>
    public int FoundVersion { get; }

    /// <summary>Called when everything is written, just before the commit makes it visible; for tests.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>The most pages that the file may have; for tests.</summary>
    public int? MaxPages
    {
        set
        {
            if (value != _maxPages)
            {
                SqliteConnections.Execute(_connection, string.Create(
                    CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {value ?? int.MaxValue}"));
                _maxPages = value;
            }
        }
    }

    /// <summary>Whether a write failed at its commit, so that nobody knows whether it happened.</summary>
    public bool IsCommitting { get; private set; }

    public bool CheckWritable() => Write(snapshot =>
    {
        snapshot.Run(
            "INSERT INTO images (gallery, partition, identity, image, facet, content_hash, version, embedding) "
            + "VALUES (-1, -1, '', '', '', zeroblob(32), 0, $1)", new byte[ProbeBytes]);
        snapshot.Run("DELETE FROM images WHERE gallery = -1");
        return true;
    });

    public IReadOnlyList<bool> Commit(IReadOnlyList<PartitionWrite> writes) => Write<IReadOnlyList<bool>>(snapshot =>
    {
        try
        {
            bool[] applied = [.. writes.Select(write => _commits.Apply(snapshot.Transaction, write))];
            BeforeCommit?.Invoke();
            return applied;
        }
        catch (SqliteException cause) when (SqliteErrors.IsDataError(cause))
        {
            throw new StoreDataException($"The store refused the data of a commit: {cause.Message}", cause);
        }
    });

    public void Dispose()
    {
        _commits.Dispose();
        _connection.Dispose();
    }

    private T Write<T>(Func<SqliteSnapshot, T> write)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        T result = write(new SqliteSnapshot(_connection, transaction));
        IsCommitting = true;
        transaction.Commit();
        IsCommitting = false;
        return result;
    }
}
