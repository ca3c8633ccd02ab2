using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>A prepared statement whose parameters are set by position.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <summary>Prepares a statement.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters' names, in the order of the values given later.</param>
    public SqliteStatement(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (string name in parameters)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    /// <summary>Runs it without a result.</summary>
    /// <param name="transaction">The transaction it is part of.</param>
    /// <param name="values">The parameters' values; null is NULL.</param>
    /// <returns>How many rows it changed.</returns>
    public int Run(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs it and reads rows.</summary>
    /// <param name="transaction">The transaction it is part of.</param>
    /// <param name="values">The parameters' values; null is NULL.</param>
    /// <returns>The reader.</returns>
    public SqliteDataReader Read(SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return _command.ExecuteReader();
    }

    /// <inheritdoc />
    public void Dispose() => _command.Dispose();

    private void Bind(SqliteTransaction? transaction, ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
