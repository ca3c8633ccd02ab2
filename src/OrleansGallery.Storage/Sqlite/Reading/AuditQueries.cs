namespace OrleansGallery.Storage;

/// <summary>Everything that a partition holds, within the snapshot that is given.</summary>
internal static class AuditQueries
{
    // The order of the join is the order of the walk: along identities, each identity's rows by index.
    internal const string Identities = """
        SELECT i.identity, i.version, i.count, i.hash, i.centroid, i.attributes, i.born, f.facet, f.count, f.sum
        FROM identities i CROSS JOIN facet_sums f
            ON f.gallery = i.gallery AND f.partition = i.partition AND f.identity = i.identity AND f.born = i.sums_born
        WHERE i.gallery = $1 AND i.partition = $2 ORDER BY i.identity, f.facet
        """;

    internal const string Images = """
        SELECT i.identity, m.image, m.facet, m.content_hash, m.taken_at, m.picture IS NOT NULL, m.embedding,
            p.thumbnail, p.thumbnail_hash, p.original
        FROM identities i CROSS JOIN images m
            ON m.gallery = i.gallery AND m.partition = i.partition AND m.identity = i.identity AND m.version >= i.born
        LEFT JOIN pictures p ON p.gallery = m.gallery AND p.id = m.picture
        WHERE i.gallery = $1 AND i.partition = $2 ORDER BY i.identity, m.image
        """;

    public static void Audit(
        SqliteSnapshot snapshot, PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken)
    {
        if (PartitionQueries.Find(snapshot, key) is not { } state)
        {
            return;
        }

        audit.OnPartition(state);
        ReadIdentities(snapshot, key, audit, cancellationToken);
        foreach ((string identityId, StoredImage image) in snapshot.Select(
            Images, row => (row.GetString(0), DatabaseRows.Whole(row, 1)), key.Gallery,
            key.Partition))
        {
            cancellationToken.ThrowIfCancellationRequested();
            audit.OnImage(identityId, image);
        }
    }

    private static void ReadIdentities(
        SqliteSnapshot snapshot, PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken)
    {
        StoredRow? last = null;
        List<StoredFacet> facets = [];
        foreach ((StoredRow row, StoredFacet facet) in snapshot.Select(
            Identities, row => (DatabaseRows.Row(row), DatabaseRows.Facet(row, DatabaseRows.RowWidth)), key.Gallery,
            key.Partition))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (last is not null && last.IdentityId != row.IdentityId)
            {
                audit.OnIdentity(last, facets);
                facets = [];
            }

            last = row;
            facets.Add(facet);
        }

        if (last is not null)
        {
            audit.OnIdentity(last, facets);
        }
    }
}
