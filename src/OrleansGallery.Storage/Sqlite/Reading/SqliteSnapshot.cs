using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>A transaction of a connection: all that is read in it is of one state.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Transaction">The transaction.</param>
internal readonly record struct SqliteSnapshot(SqliteConnection Connection, SqliteTransaction Transaction)
{
    /// <summary>Reads rows.</summary>
    /// <typeparam name="T">What is made of a row.</typeparam>
    /// <param name="sql">The statement; its parameters are $1, $2 and so on.</param>
    /// <param name="row">Makes it.</param>
    /// <param name="values">The parameters' values.</param>
    /// <returns>What was made, one by one as it is read.</returns>
    public IEnumerable<T> Select<T>(string sql, Func<SqliteDataReader, T> row, params object?[] values)
    {
        using SqliteStatement statement = new(Connection, sql, values.Length);
        using SqliteDataReader reader = statement.Read(Transaction, values);
        while (reader.Read())
        {
            yield return row(reader);
        }
    }

    /// <summary>Changes rows.</summary>
    /// <param name="sql">The statement; its parameters are $1, $2 and so on.</param>
    /// <param name="values">The parameters' values.</param>
    /// <returns>How many.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteStatement statement = new(Connection, sql, values.Length);
        return statement.Run(Transaction, values);
    }
}
