using System.Security.Cryptography;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>What is written of whole galleries. Every write may be repeated: by its token, or by what it says, it finds
/// what it did before.</summary>
/// <param name="source">The connections.</param>
internal sealed class PostgresGalleries(NpgsqlDataSource source)
{
    /// <summary>Creates a gallery and its partitions.</summary>
    public async Task<GalleryRecord?> CreateAsync(
        GalleryRecord gallery, Guid token, CancellationToken cancellationToken)
    {
        // Who asks again after his gallery was deleted meanwhile must not get a second one.
        List<GalleryRecord> created = await source.RunAsync(
            DatabaseRows.Gallery, cancellationToken,
            new Statement(
                """
                INSERT INTO gallery.galleries (name, creation, dimension, partitions, created_at, settings)
                SELECT $1, $2, $3, $4, $5, $6
                WHERE NOT EXISTS (SELECT FROM gallery.deleted_galleries WHERE creation = $2)
                    AND NOT EXISTS (SELECT FROM gallery.galleries WHERE creation = $2 OR name = $1)
                ON CONFLICT DO NOTHING
                """,
                gallery.Name, token, gallery.Dimension, gallery.Partitions, gallery.CreatedAt.ToUnixTimeMilliseconds(),
                gallery.Settings),
            new Statement(
                """
                INSERT INTO gallery.partitions (gallery, partition)
                SELECT number, partition FROM gallery.galleries, generate_series(0, partitions - 1) AS partition
                WHERE creation = $1
                ON CONFLICT DO NOTHING
                """,
                token),
            new Statement(
                $"SELECT {DatabaseRows.GalleryColumns} FROM gallery.galleries WHERE creation = $1 AND name = $2", token,
                gallery.Name));
        return created.SingleOrDefault();
    }

    /// <summary>Deletes a gallery. A commit under way ends first: it holds the rows of its partitions, which are
    /// locked in the same order here.</summary>
    public async Task<bool> DeleteAsync(long number, Guid token, CancellationToken cancellationToken) =>
        (await source.RunAsync(
            row => row.GetBoolean(0), cancellationToken,
            new Statement(
                """
                WITH locked AS MATERIALIZED (
                    SELECT gallery, partition FROM gallery.partitions WHERE gallery = $1 ORDER BY partition FOR UPDATE)
                DELETE FROM gallery.partitions AS held USING locked
                WHERE held.gallery = locked.gallery AND held.partition = locked.partition
                """,
                number),
            new Statement(
                """
                WITH gone AS (DELETE FROM gallery.galleries WHERE number = $1 RETURNING number, creation)
                INSERT INTO gallery.deleted_galleries (number, creation, deletion) SELECT number, creation, $2 FROM gone
                """,
                number, token),
            new Statement(
                "SELECT EXISTS (SELECT FROM gallery.deleted_galleries WHERE number = $1 AND deletion = $2)", number,
                token))).Single();

    /// <summary>Stores a search basis, and says whether it is there.</summary>
    public async Task<bool> PutBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken) =>
        (await source.RunAsync(
            row => row.GetBoolean(0), cancellationToken,
            new Statement(
                "UPDATE gallery.galleries SET basis_version = $3, basis = $4 WHERE number = $1 AND basis_version = $2",
                gallery, expectedVersion, basis.Version, basis.Bytes),
            new Statement(
                "SELECT EXISTS (SELECT FROM gallery.galleries WHERE number = $1 AND basis_version = $2 "
                + "AND sha256(basis) = $3)",
                gallery, basis.Version, SHA256.HashData(basis.Bytes)))).Single();

    /// <summary>Stores settings, and says whether they are there.</summary>
    public async Task<bool> PutSettingsAsync(
        long gallery, string expected, string settings, CancellationToken cancellationToken) =>
        (await source.RunAsync(
            row => row.GetBoolean(0), cancellationToken,
            new Statement(
                "UPDATE gallery.galleries SET settings = $3 WHERE number = $1 AND settings = $2", gallery, expected,
                settings),
            new Statement(
                "SELECT EXISTS (SELECT FROM gallery.galleries WHERE number = $1 AND settings = $2)", gallery,
                settings))).Single();

    /// <summary>Writes an image of a gallery that there never is, and takes it back.</summary>
    public Task CheckWritableAsync(CancellationToken cancellationToken) => source.RunAsync(
        row => row.GetInt32(0), cancellationToken,
        new Statement(
            """
            INSERT INTO gallery.images (gallery, born, slot, identity, image, facet, content_hash, embedding)
            VALUES (-1, 0, 0, gen_random_uuid()::text, '', '', decode(repeat('00', 32), 'hex'), $1)
            """,
            new byte[64 * 1024]),
        new Statement("DELETE FROM gallery.images WHERE gallery = -1"));
}
