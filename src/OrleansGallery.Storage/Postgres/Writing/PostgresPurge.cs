using Npgsql;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>
/// Takes what deletions left behind, in transactions of a few rows. What one silo is at, the others pass over; nothing
/// here is ever touched by a commit.
/// </summary>
/// <param name="source">The connections.</param>
internal sealed class PostgresPurge(NpgsqlDataSource source)
{
    // Whoever loads a partition again asks for far fewer.
    private const int KeptRemovals = 10_000;

    private const string OfLife = "gallery = $1 AND slot = $2 AND identity = $3 AND born = $4";

    private const string Lives = "SELECT gallery, slot, identity, born FROM gallery.purges ";

    // How many identities at a time: most leave a handful of images.
    private const int IdentitiesAtOnce = 100;

    // All that a deleted gallery may have left; a table that is cut counts as its pieces, of which others have none.
    private const string TablesOfGalleries =
        """
        SELECT coalesce(piece.relid, ('gallery.' || one.name)::regclass)::text
        FROM unnest(ARRAY['pictures', 'images', 'facet_sums', 'identities', 'purges', 'removals', 'operations',
            'erased'])
            WITH ORDINALITY AS one (name, n)
            LEFT JOIN LATERAL pg_partition_tree(('gallery.' || one.name)::regclass) AS piece ON piece.isleaf
        ORDER BY one.n, piece.relid
        """;

    /// <summary>Takes some.</summary>
    /// <param name="rows">About how many rows at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(int rows, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        bool found = await TryGalleryAsync(connection, rows, cancellationToken)
            || await TryIdentitiesAsync(
                connection, rows, new Statement(Lives + "LIMIT $1 FOR UPDATE SKIP LOCKED", IdentitiesAtOnce),
                cancellationToken)
            || await TryRemovalsAsync(connection, rows, cancellationToken)
            || await TryExpiredAsync(connection, "operations", rows, cancellationToken)
            || await TryExpiredAsync(connection, "erased", rows, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    /// <summary>Takes some of what one identity left behind; waits for whoever is at it.</summary>
    /// <param name="key">The identity's partition.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="rows">About how many rows at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(
        PartitionKey key, string identityId, int rows, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        bool found = await TryIdentitiesAsync(
            connection, rows, new Statement(
                Lives + "WHERE gallery = $2 AND slot = $3 AND identity = $4 LIMIT $1 FOR UPDATE", IdentitiesAtOnce,
                key.Gallery, (short)IdentitySlot.Of(identityId), identityId), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    private static async Task<bool> TryGalleryAsync(
        NpgsqlConnection connection, int rows, CancellationToken cancellationToken)
    {
        List<long> numbers = await connection.RunAsync(
            row => row.GetInt64(0), cancellationToken, new Statement(
                "SELECT number FROM gallery.deleted_galleries WHERE NOT purged ORDER BY number LIMIT 1 "
                + "FOR UPDATE SKIP LOCKED"));
        if (numbers is not [long number])
        {
            return false;
        }

        foreach (string table in await connection.RunAsync(
            row => row.GetString(0), cancellationToken, new Statement(TablesOfGalleries)))
        {
            // By where the rows lie: nobody moves them any more, and no plan can be slow.
            rows -= await connection.ExecuteAsync(
                $"DELETE FROM {table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE gallery = $1 LIMIT $2))",
                cancellationToken, number, rows);
            if (rows <= 0)
            {
                return true;
            }
        }

        await connection.ExecuteAsync(
            "UPDATE gallery.deleted_galleries SET purged = true WHERE number = $1", cancellationToken, number);
        return true;
    }

    private static async Task<bool> TryIdentitiesAsync(
        NpgsqlConnection connection, int rows, Statement which, CancellationToken cancellationToken)
    {
        List<object[]> lives = await connection.RunAsync(
            row => (object[])[row.GetInt64(0), row.GetInt16(1), row.GetString(2), row.GetInt64(3)], cancellationToken,
            which);
        foreach (object[] life in lives)
        {
            rows -= await DeleteImagesAsync(connection, life, rows, cancellationToken);
            rows -= rows <= 0
                ? 0 : await DeleteAsync(connection, "facet_sums", "facet", life, rows, cancellationToken);
            if (rows <= 0)
            {
                break;
            }

            await connection.ExecuteAsync($"DELETE FROM gallery.purges WHERE {OfLife}", cancellationToken, life);
        }

        return lives.Count > 0;
    }

    // Several removals may share a version: whoever asks for what came after it needs none of them.
    private static async Task<bool> TryRemovalsAsync(
        NpgsqlConnection connection, int rows, CancellationToken cancellationToken)
    {
        List<(long Gallery, int Partition, long Count)> next = await connection.RunAsync(
            row => (row.GetInt64(0), row.GetInt32(1), row.GetInt64(2)), cancellationToken, new Statement(
                "SELECT gallery, partition, removals FROM gallery.partitions WHERE removals > $1 LIMIT 1 "
                + "FOR NO KEY UPDATE SKIP LOCKED", KeptRemovals));
        if (next is not [var (gallery, partition, count)])
        {
            return false;
        }

        await connection.ExecuteAsync(
            $"""
            WITH gone AS (
                DELETE FROM gallery.removals WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM gallery.removals
                    WHERE gallery = $1 AND slot = ANY ({PartitionSlots.Array})
                    ORDER BY version LIMIT $3))
                RETURNING version)
            UPDATE gallery.partitions SET removals = removals - $3,
                removal_floor = greatest(removal_floor, (SELECT max(version) FROM gone))
            WHERE gallery = $1 AND partition = $2
            """,
            cancellationToken, gallery, partition, Math.Min(rows, count - KeptRemovals));
        return true;
    }

    private static async Task<bool> TryExpiredAsync(NpgsqlConnection connection, string table, int rows,
        CancellationToken cancellationToken) => await connection.ExecuteAsync(
        $"DELETE FROM gallery.{table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM gallery.{table} "
        + "WHERE expires_at < (extract(epoch FROM now()) * 1000)::bigint LIMIT $1 FOR UPDATE SKIP LOCKED))",
        cancellationToken, rows) > 0;

    // The key's last column as an array, so that the key's index finds the rows whatever the planner knows of the
    // table.
    private static string Delete(string table, string key) =>
        $"DELETE FROM gallery.{table} WHERE {OfLife} AND {key} = ANY (ARRAY("
        + $"SELECT {key} FROM gallery.{table} WHERE {OfLife} ORDER BY {key} LIMIT $5))";

    private static Task<int> DeleteAsync(NpgsqlConnection connection, string table, string key, object[] life,
        int rows, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Delete(table, key), cancellationToken, [.. life, rows]);

    // An image's picture goes with its row.
    private static async Task<int> DeleteImagesAsync(
        NpgsqlConnection connection, object[] life, int rows, CancellationToken cancellationToken) =>
        (await connection.RunAsync(
            row => (int)row.GetInt64(0), cancellationToken, new Statement(
                $"""
                WITH image AS ({Delete("images", "image")} RETURNING gallery, picture),
                picture AS (
                    DELETE FROM gallery.pictures AS gone USING image
                    WHERE gone.gallery = image.gallery AND gone.id = image.picture)
                SELECT count(*) FROM image
                """,
                [.. life, rows]))).Single();
}
