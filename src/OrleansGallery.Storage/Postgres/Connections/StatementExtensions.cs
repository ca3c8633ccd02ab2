using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>Sends statements.</summary>
internal static class StatementExtensions
{
    /// <summary>Runs statements as one transaction in one round trip; each sees what was committed when it began.
    /// </summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="source">The connections.</param>
    /// <param name="read">Reads a row of the last statement, the only one that has any.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="statements">The statements.</param>
    /// <returns>The last statement's rows.</returns>
    public static async Task<List<T>> RunAsync<T>(this NpgsqlDataSource source, Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken, params IReadOnlyList<Statement> statements)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        return await connection.RunAsync(read, cancellationToken, statements);
    }

    /// <summary>Runs statements in one round trip, within the connection's transaction if it has one.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="connection">The connection.</param>
    /// <param name="read">Reads a row of the last statement, the only one that has any.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="statements">The statements.</param>
    /// <returns>The last statement's rows.</returns>
    public static async Task<List<T>> RunAsync<T>(this NpgsqlConnection connection, Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken, params IReadOnlyList<Statement> statements)
    {
        await using NpgsqlBatch batch = new(connection);
        foreach (Statement statement in statements)
        {
            batch.BatchCommands.Add(statement.ToBatchCommand());
        }

        List<T> rows = [];
        using StandbyWatch standby = new(connection);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));

        // The rows come before the transaction is durable; now that the answer is at its end, it is.
        standby.Require();
        return rows;
    }

    /// <summary>Runs a statement that has no rows, within the connection's transaction if it has one.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="text">The statement.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="values">The values of its parameters.</param>
    /// <returns>How many rows it wrote.</returns>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string text,
        CancellationToken cancellationToken, params object[] values)
    {
        await using NpgsqlCommand command = new(text, connection);
        new Statement(text, values).AddTo(command.Parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
