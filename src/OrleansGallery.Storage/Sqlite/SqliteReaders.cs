using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>
/// A few threads with a read-only connection each: Microsoft.Data.Sqlite's asynchronous methods block, and the thread
/// pool is for what does not. Each read runs in one transaction, thus on one snapshot.
/// </summary>
internal sealed class SqliteReaders : IDisposable
{
    private readonly BlockingCollection<Action<SqliteReader>> _queue = [];
    private readonly string _file;
    private readonly Thread[] _threads;

    public SqliteReaders(string file)
    {
        _file = file;
        _threads = [.. Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount)).Select(number => new Thread(Work)
        {
            Name = $"gallery-reader-{number}",
            IsBackground = true,
        })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    public Task<T> ReadAsync<T>(
        Func<SqliteConnection, SqliteTransaction, T> read, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(
            reader =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    result.TrySetCanceled(cancellationToken);
                    return;
                }

                try
                {
                    result.TrySetResult(reader.Read(read));
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    result.TrySetCanceled(cancellationToken);
                }
#pragma warning disable CA1031 // The caller gets it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    result.TrySetException(exception);
                }
            },
            cancellationToken);
        return result.Task;
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        Array.ForEach(_threads, thread => thread.Join());
        _queue.Dispose();
    }

    private void Work()
    {
        using SqliteReader reader = new(_file);
        foreach (Action<SqliteReader> read in _queue.GetConsumingEnumerable())
        {
            read(reader);
        }
    }
}
