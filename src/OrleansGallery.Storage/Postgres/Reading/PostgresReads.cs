using Npgsql;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>The short reads.</summary>
/// <param name="source">The connections.</param>
internal sealed class PostgresReads(NpgsqlDataSource source)
{
    private const string Galleries = $"SELECT {DatabaseRows.GalleryColumns} FROM gallery.galleries ";
    private const string Partitions = $"SELECT {PostgresRows.StateColumns} FROM gallery.partitions WHERE gallery = $1 ";

    // The identity's present life; what it left behind in earlier ones, or in a gallery that was deleted, is not seen.
    private const string Life =
        "gallery.identities AS life JOIN gallery.galleries AS cut ON cut.number = life.gallery "
        + "WHERE life.gallery = $1 AND life.slot = $2 AND life.identity = $3 AND life.slot % cut.partitions = $4";

    private const string OfLife =
        "WHERE there.gallery = $1 AND there.slot = $2 AND there.identity = $3 "
        + $"AND there.born = (SELECT life.born FROM {Life}) ";

    private static readonly string Removals =
        $"""
        SELECT held.removal_floor, gone.version, gone.digest
        FROM gallery.partitions AS held LEFT JOIN gallery.removals AS gone ON gone.gallery = held.gallery
            AND gone.slot = ANY ({PartitionSlots.Array}) AND gone.version > $3
        WHERE held.gallery = $1 AND held.partition = $2
        """;

    public async Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken) =>
        await source.RunAsync(DatabaseRows.Gallery, cancellationToken, new Statement(Galleries + "ORDER BY name"));

    public Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken) =>
        OneAsync(DatabaseRows.Gallery, Galleries + "WHERE name = $1", cancellationToken, name);

    public Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken) =>
        OneAsync(DatabaseRows.Gallery, Galleries + "WHERE number = $1", cancellationToken, number);

    public Task<long> BasisVersionAsync(long gallery, CancellationToken cancellationToken) => OneAsync(
        row => row.GetInt64(0), "SELECT basis_version FROM gallery.galleries WHERE number = $1", cancellationToken,
        gallery);

    public Task<StoredBasis?> BasisAsync(long gallery, CancellationToken cancellationToken) => OneAsync(
        row => new StoredBasis(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        "SELECT basis_version, basis FROM gallery.galleries WHERE number = $1 AND basis IS NOT NULL",
        cancellationToken, gallery);

    public async Task<IReadOnlyList<PartitionState>> PartitionsAsync(
        long gallery, CancellationToken cancellationToken) => await source.RunAsync(
        PostgresRows.State, cancellationToken, new Statement(Partitions + "ORDER BY partition", gallery));

    public Task<PartitionState?> PartitionAsync(PartitionKey key, CancellationToken cancellationToken) => OneAsync(
        PostgresRows.State, Partitions + "AND partition = $2", cancellationToken, key.Gallery, key.Partition);

    public async Task<IReadOnlyList<StoredRemoval>?> RemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken)
    {
        List<(long Floor, StoredRemoval? Removal)> found = await source.RunAsync(
            row => (row.GetInt64(0), row.IsDBNull(1) ? (StoredRemoval?)null : DatabaseRows.Removal(row, 1)),
            cancellationToken, new Statement(Removals, key.Gallery, key.Partition, after));
        return found.Count == 0 || after < found[0].Floor
            ? null
            : [.. found.Select(one => one.Removal).OfType<StoredRemoval>()];
    }

    public Task<StoredOperation?> OperationAsync(
        long gallery, string id, CancellationToken cancellationToken) => OneAsync(
        DatabaseRows.Operation,
        $"SELECT {DatabaseRows.OperationColumns} FROM gallery.operations WHERE gallery = $1 AND id = $2",
        cancellationToken, gallery, id);

    public async Task<IReadOnlyList<ErasedContent>> ErasedAsync(
        long gallery, IReadOnlyList<byte[]> digests, CancellationToken cancellationToken) => await source.RunAsync(
        row => new ErasedContent(
            row.GetFieldValue<byte[]>(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
        cancellationToken, new Statement(
            "SELECT digest, expires_at FROM gallery.erased WHERE gallery = $1 AND digest = ANY ($2) "
            + "AND expires_at > (extract(epoch FROM clock_timestamp()) * 1000)::bigint",
            gallery, digests.ToArray()));

    public async Task<StoredIdentity?> IdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken)
    {
        object[] place = Place(key, identityId);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction snapshot =
            await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        List<(long Version, AttributeSet Attributes)> found = await connection.RunAsync(
            row => (row.GetInt64(0), DatabaseRows.Attributes(row, 1)), cancellationToken,
            new Statement($"SELECT life.version, life.attributes FROM {Life}", place));
        return found.Count == 0
            ? null
            : new StoredIdentity
            {
                IdentityId = identityId,
                Version = found[0].Version,
                Attributes = found[0].Attributes,
                Facets = await connection.RunAsync(
                    row => DatabaseRows.Facet(row, 0), cancellationToken, new Statement(
                        $"SELECT facet, count, sum FROM gallery.facet_sums AS there {OfLife} ORDER BY facet", place)),
                Images = await connection.RunAsync(
                    row => DatabaseRows.Image(row, 0, withEmbedding: false), cancellationToken, new Statement(
                        $"SELECT {PostgresRows.ImageColumns} FROM gallery.images AS there {OfLife} ORDER BY image",
                        place)),
            };
    }

    public async Task<IReadOnlyList<IdentityListing>> ListAsync(
        long gallery, string? after, int limit, CancellationToken cancellationToken) => await source.RunAsync(
        DatabaseRows.Listing, cancellationToken,
        new Statement(
            "SELECT identity, version, count, attributes FROM gallery.identities WHERE gallery = $1 AND identity > $2 "
            + "AND EXISTS (SELECT FROM gallery.galleries WHERE number = $1) ORDER BY identity LIMIT $3",
            gallery, after ?? string.Empty, limit));

    public async Task<IReadOnlyList<StoredImage>> ImagesAsync(PartitionKey key, string identityId, string? after,
        int limit, bool withEmbeddings, CancellationToken cancellationToken) => await source.RunAsync(
        row => DatabaseRows.Image(row, 0, withEmbeddings), cancellationToken,
        new Statement(
            $"SELECT {PostgresRows.ImageColumns}{(withEmbeddings ? ", there.embedding" : string.Empty)} "
            + $"FROM gallery.images AS there {OfLife} AND there.image > $5 ORDER BY image LIMIT $6",
            [.. Place(key, identityId), after ?? string.Empty, limit]));

    public Task<StoredImage?> ImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) => OneAsync(
        row => DatabaseRows.Image(row, 0, withEmbedding: true),
        $"SELECT {PostgresRows.ImageColumns}, there.embedding FROM gallery.images AS there {OfLife} "
        + "AND there.image = $5",
        cancellationToken, [.. Place(key, identityId), imageId]);

    public Task<PictureFile?> PictureAsync(PartitionKey key, string identityId, string imageId, PictureKind kind,
        CancellationToken cancellationToken) => OneAsync(
        DatabaseRows.PictureFile,
        $"SELECT {DatabaseRows.PictureColumns(kind, "there")} FROM gallery.images AS there "
        + "JOIN gallery.pictures AS pictures ON pictures.gallery = there.gallery AND pictures.id = there.picture "
        + $"{OfLife} AND there.image = $5",
        cancellationToken, [.. Place(key, identityId), imageId]);

    public Task<long> PictureBytesAsync(long gallery, CancellationToken cancellationToken) => OneAsync(
        row => row.GetInt64(0),
        "SELECT coalesce(sum(bytes), 0)::bigint FROM gallery.pictures WHERE gallery = $1",
        cancellationToken, gallery);

    private static object[] Place(PartitionKey key, string identityId) =>
        [key.Gallery, (short)IdentitySlot.Of(identityId), identityId, key.Partition];

    private async Task<T?> OneAsync<T>(Func<NpgsqlDataReader, T> read, string text,
        CancellationToken cancellationToken, params object[] values) =>
        (await source.RunAsync(read, cancellationToken, new Statement(text, values))).SingleOrDefault();
}
