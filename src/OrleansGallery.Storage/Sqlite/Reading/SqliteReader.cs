using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>One thread's read-only connection, opened when it is first needed and anew after every failure of the
/// store. Each read runs in one transaction, thus on one snapshot.</summary>
internal sealed class SqliteReader(string file) : IDisposable
{
    private SqliteConnection? _connection;

    public T Read<T>(Func<SqliteSnapshot, T> read)
    {
        try
        {
            _connection ??= SqliteConnections.Open(file, SqliteOpenMode.ReadOnly);
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
            return read(new SqliteSnapshot(_connection, transaction));
        }
        catch (SqliteException cause)
        {
            Dispose();
            throw SqliteErrors.Of(cause, file);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
