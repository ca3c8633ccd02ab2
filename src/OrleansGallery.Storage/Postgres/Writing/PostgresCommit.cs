using Npgsql;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>
/// Commits: one statement, sent once. Until it is on its way a failure is certain, and getting there may be repeated;
/// from then on only the server's own answer says that nothing was written.
/// </summary>
/// <param name="source">The connections.</param>
/// <param name="repetition">Repeats what comes before sending.</param>
internal sealed class PostgresCommit(NpgsqlDataSource source, Repetition repetition)
{
    public async Task<IReadOnlyList<bool>> RunAsync(IReadOnlyList<PartitionWrite> writes)
    {
        CommitArrays arrays = new(writes);
        await using NpgsqlCommand command = new();
        arrays.AddTo(command.Parameters);
        command.CommandText = arrays.Text;
        await using NpgsqlConnection connection = await repetition.ReadAsync(
            token => BeginAsync(command, arrays.IsAdding, token), CancellationToken.None);
        try
        {
            return await SendAsync(command, writes.Count);
        }
        catch (Exception cause) when (PostgresErrors.IsDrivers(cause))
        {
            throw PostgresErrors.Of(cause, sent: true);
        }
    }

    public async Task<bool> RunAsync(JointWrite write)
    {
        await using NpgsqlCommand command = new(
            write.Transfer.ImageIds is null ? CommitText.JointOfAll : CommitText.JointOfSome);
        new CommitArrays(write.Shares).AddTo(command.Parameters, all: true);
        JointParameters(write).AddTo(command.Parameters);
        await using NpgsqlConnection connection = await repetition.ReadAsync(
            token => BeginAsync(command, prepares: false, token), CancellationToken.None);
        try
        {
            using StandbyWatch standby = new(connection);
            await command.ExecuteNonQueryAsync();
            standby.Require();
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return false;
        }
        catch (Exception cause) when (PostgresErrors.IsDrivers(cause))
        {
            throw PostgresErrors.Of(cause, sent: true);
        }
    }

    private static Statement JointParameters(JointWrite write)
    {
        (ImageTransfer transfer, StoredOperation operation) = (write.Transfer, write.Operation);
        object[] values =
        [
            (long)write.Shares.Count, transfer.Count, transfer.From.Gallery,
            (short)IdentitySlot.Of(transfer.ToIdentity), transfer.ToIdentity,
            (short)IdentitySlot.Of(transfer.FromIdentity), transfer.FromIdentity,
            operation.Id, operation.Digest, operation.Receipt, operation.ExpiresAt.ToUnixTimeMilliseconds(),
        ];
        return new Statement(
            string.Empty, transfer.ImageIds is { } ids ? [.. values, ids.ToArray()] : values);
    }

    private async Task<NpgsqlConnection> BeginAsync(
        NpgsqlCommand command, bool prepares, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            command.Connection = connection;
            if (prepares)
            {
                await command.PrepareAsync(cancellationToken);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool[]> SendAsync(NpgsqlCommand command, int shares)
    {
        bool[] applied = new bool[shares];
        using StandbyWatch standby = new(command.Connection!);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            applied[reader.GetInt64(0) - 1] = true;
        }

        // The rows come before the transaction is durable: only the end of the answer says that it is.
        await reader.NextResultAsync();
        standby.Require();
        return applied;
    }
}
