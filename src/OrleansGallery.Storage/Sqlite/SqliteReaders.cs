using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>
/// A few read-only connections. Each read runs in one transaction, thus on one snapshot, and on a pool thread, since
/// Microsoft.Data.Sqlite's asynchronous methods block.
/// </summary>
internal sealed class SqliteReaders(string file) : IDisposable
{
    private const int MaxReaders = 8;

    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly SemaphoreSlim _places = new(MaxReaders);
    private volatile bool _disposed;

    public async Task<T> ReadAsync<T>(
        Func<SqliteConnection, SqliteTransaction, T> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out SqliteConnection? connection))
        {
            connection.Dispose();
        }
    }

    private T Read<T>(Func<SqliteConnection, SqliteTransaction, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteConnection connection = _idle.TryTake(out SqliteConnection? idle)
            ? idle
            : SqliteConnections.Open(file, SqliteOpenMode.ReadOnly);
        try
        {
            T result;
            using (SqliteTransaction transaction = connection.BeginTransaction(deferred: true))
            {
                result = read(connection, transaction);
            }

            _idle.Add(connection);
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        finally
        {
            if (_disposed)
            {
                Dispose();
            }
        }
    }
}
