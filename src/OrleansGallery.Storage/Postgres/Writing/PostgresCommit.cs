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

    public Task<bool> RunAsync(JointWrite write) => RunAsync(
        write.Transfer.ImageIds is null ? CommitText.JointOfAll : CommitText.JointOfSome, write.Shares,
        JointParameters(write));

    public Task<bool> RunAsync(ErasureWrite write) => RunAsync(
        write.ImageId is null ? CommitText.ErasureOfAll : CommitText.ErasureOfOne, [write.Share],
        ErasureParameters(write));

    // An operation; what it divides by zero for is a share that does not match.
    private async Task<bool> RunAsync(string text, IReadOnlyList<PartitionWrite> shares, Statement parameters)
    {
        await using NpgsqlCommand command = new(text);
        new CommitArrays(shares).AddTo(command.Parameters, all: true);
        parameters.AddTo(command.Parameters);
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

    private static Statement ErasureParameters(ErasureWrite write)
    {
        StoredOperation operation = write.Operation;
        object[] values =
        [
            write.Count, write.Share.Held.Key.Gallery, (short)IdentitySlot.Of(write.IdentityId), write.IdentityId,
            operation.Id, operation.Digest, operation.Receipt, operation.ExpiresAt.ToUnixTimeMilliseconds(),
            write.RefusedUntil?.ToUnixTimeMilliseconds() ?? 0,
        ];
        return new Statement(string.Empty, write.ImageId is { } image ? [.. values, image] : values);
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
