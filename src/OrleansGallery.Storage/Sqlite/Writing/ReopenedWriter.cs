using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>
/// The writer, on a fresh connection after every failure but that of refused data: whatever state a full or failing
/// disk left the old one in, a transaction that could not be rolled back for one, ends with it. Used by one thread at a
/// time.
/// </summary>
internal sealed class ReopenedWriter : IDisposable
{
    private readonly string _file;
    private SqliteWriter? _writer;

    public ReopenedWriter(string file)
    {
        _file = file;
        _writer = Open();
        FoundVersion = _writer.FoundVersion;
    }

    /// <summary>The version that the file had at first; 0: it was new.</summary>
    public int FoundVersion { get; }

    /// <summary>Called when everything of a commit is written, just before it becomes visible; for tests.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>The most pages that the file may have, as if its disk were no larger; null: no limit. For
    /// tests.</summary>
    public int? MaxPages { get; set; }

    public T Run<T>(Func<SqliteWriter, T> write)
    {
        SqliteWriter writer = _writer ??= Open();
        try
        {
            writer.BeforeCommit = BeforeCommit;
            writer.MaxPages = MaxPages;
            return write(writer);
        }
        catch (StoreDataException)
        {
            throw;
        }
        catch (SqliteException cause)
        {
            bool committing = writer.IsCommitting;
            Drop();
            throw SqliteErrors.Of(cause, _file, committing);
        }
        catch
        {
            Drop();
            throw;
        }
    }

    public void Dispose() => Drop();

    private SqliteWriter Open()
    {
        try
        {
            return new SqliteWriter(_file);
        }
        catch (SqliteException cause)
        {
            throw SqliteErrors.Of(cause, _file);
        }
    }

    private void Drop()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
