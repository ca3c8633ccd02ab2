using Npgsql;
using NpgsqlTypes;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Benchmarks.Committing;

/// <summary>
/// The baseline: COPY of the same rows into the same tables, one transaction per connection, with nothing looked up,
/// fenced or published. Sums are packed before, which the store does while it commits.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="changes">The rows.</param>
internal sealed class CopyWriter(NpgsqlDataSource source, IdentityChange[] changes)
{
    private const long Version = 1;

    private readonly Row[] _rows = [.. changes.Select(change => new Row(
        (short)IdentitySlot.Of(change.IdentityId),
        StoreRecords.ToWrite(change, Hash256.FromBytes(change.Hash)),
        change.Hash,
        PackedSum.Pack(change.Facets[0].Sum)))];

    /// <summary>Writes all of them.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="connections">How many write at once.</param>
    /// <returns>When they are durable.</returns>
    public Task WriteAsync(long gallery, int connections) => Task.WhenAll(_rows
        .Chunk((_rows.Length + connections - 1) / connections)
        .Select(rows => Task.Run(() => CopyAsync(gallery, rows))));

    private async Task CopyAsync(long gallery, Row[] rows)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await CopyAsync(
            connection, "gallery.identities (gallery, version, born, count, slot, identity, hash, centroid)", rows,
            async (copy, row) =>
            {
                await copy.WriteAsync(gallery, NpgsqlDbType.Bigint);
                await copy.WriteAsync(Version, NpgsqlDbType.Bigint);
                await copy.WriteAsync(Version, NpgsqlDbType.Bigint);
                await copy.WriteAsync(row.Write.Count, NpgsqlDbType.Bigint);
                await copy.WriteAsync(row.Slot, NpgsqlDbType.Smallint);
                await copy.WriteAsync(row.Write.IdentityId, NpgsqlDbType.Text);
                await copy.WriteAsync(row.Hash, NpgsqlDbType.Bytea);
                await copy.WriteAsync(row.Write.Centroid!, NpgsqlDbType.Bytea);
            });
        await CopyAsync(
            connection, "gallery.facet_sums (gallery, born, count, slot, identity, facet, sum)", rows,
            async (copy, row) =>
            {
                await copy.WriteAsync(gallery, NpgsqlDbType.Bigint);
                await copy.WriteAsync(Version, NpgsqlDbType.Bigint);
                await copy.WriteAsync(row.Write.Count, NpgsqlDbType.Bigint);
                await copy.WriteAsync(row.Slot, NpgsqlDbType.Smallint);
                await copy.WriteAsync(row.Write.IdentityId, NpgsqlDbType.Text);
                await copy.WriteAsync(row.Write.Facets[0].Facet, NpgsqlDbType.Text);
                await copy.WriteAsync(row.Sum, NpgsqlDbType.Bytea);
            });
        await CopyAsync(
            connection,
            "gallery.images (gallery, born, taken_at, slot, identity, image, facet, content_hash, embedding)", rows,
            async (copy, row) =>
            {
                StoredImage image = row.Write.AddedImages[0];
                await copy.WriteAsync(gallery, NpgsqlDbType.Bigint);
                await copy.WriteAsync(Version, NpgsqlDbType.Bigint);
                await copy.WriteNullAsync();
                await copy.WriteAsync(row.Slot, NpgsqlDbType.Smallint);
                await copy.WriteAsync(row.Write.IdentityId, NpgsqlDbType.Text);
                await copy.WriteAsync(image.ImageId, NpgsqlDbType.Text);
                await copy.WriteAsync(image.Facet, NpgsqlDbType.Text);
                await copy.WriteAsync(image.ContentHash, NpgsqlDbType.Bytea);
                await copy.WriteAsync(image.Embedding!, NpgsqlDbType.Bytea);
            });
        await transaction.CommitAsync();
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection, string table, Row[] rows, Func<NpgsqlBinaryImporter, Row, Task> write)
    {
        await using NpgsqlBinaryImporter copy =
            await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT binary)");
        foreach (Row row in rows)
        {
            await copy.StartRowAsync();
            await write(copy, row);
        }

        await copy.CompleteAsync();
    }

    private sealed record Row(short Slot, IdentityWrite Write, byte[] Hash, byte[] Sum);
}
