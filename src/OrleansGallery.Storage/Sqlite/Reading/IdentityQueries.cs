using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>The reads of identities and their images, each within the snapshot it is given. Images and sums of
/// an identity that was deleted stand there until they are purged: only those of its present life are seen.</summary>
internal static class IdentityQueries
{
    /// <summary>A page of a gallery's identities.</summary>
    internal const string Page = "SELECT identity, version, count, attributes FROM identities WHERE gallery = $1 "
        + "AND identity > $2 ORDER BY identity LIMIT $3";

    /// <summary>What follows the columns of a page of an identity's images.</summary>
    internal const string ImagesPage = $" FROM images WHERE {OfPresentLife} AND image > $4 ORDER BY image LIMIT $5";

    private const string OfIdentity = "gallery = $1 AND partition = $2 AND identity = $3";
    private const string OfPresentLife =
        OfIdentity + " AND version >= (SELECT born FROM identities WHERE " + OfIdentity + ")";

    public static StoredIdentity? Find(
        SqliteSnapshot snapshot, PartitionKey key, string identityId, CancellationToken cancellationToken)
    {
        object[] values = [key.Gallery, key.Partition, identityId];
        (long Version, AttributeSet Attributes)? found = snapshot.Select(
            $"SELECT version, attributes FROM identities WHERE {OfIdentity}",
            row => ((long, AttributeSet)?)(row.GetInt64(0), DatabaseRows.Attributes(row, 1)), values)
            .SingleOrDefault();
        return found is null
            ? null
            : new StoredIdentity
            {
                IdentityId = identityId,
                Version = found.Value.Version,
                Attributes = found.Value.Attributes,
                Facets = [.. snapshot.Select(
                    $"SELECT facet, count, sum FROM facet_sums WHERE {OfIdentity} AND born = "
                    + $"(SELECT sums_born FROM identities WHERE {OfIdentity}) ORDER BY facet",
                    row => DatabaseRows.Facet(row, 0), values)],
                Images = Images(
                    snapshot, key, identityId, null, limit: -1, withEmbeddings: false, cancellationToken),
            };
    }

    public static IReadOnlyList<IdentityListing> List(
        SqliteSnapshot snapshot, long gallery, string? after, int limit) =>
        [.. snapshot.Select(
            Page,
            DatabaseRows.Listing,
            gallery, after ?? string.Empty, limit)];

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="key">The partition.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="after">Behind which id the page starts; null: at the first.</param>
    /// <param name="limit">At most so many; -1: all.</param>
    /// <param name="withEmbeddings">Whether to read the embeddings.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static IReadOnlyList<StoredImage> Images(SqliteSnapshot snapshot, PartitionKey key, string identityId,
        string? after, int limit, bool withEmbeddings, CancellationToken cancellationToken)
    {
        string columns = withEmbeddings ? SqliteRows.ImageColumns + ", embedding" : SqliteRows.ImageColumns;
        List<StoredImage> images = [];
        foreach (StoredImage image in snapshot.Select(
            $"SELECT {columns}{ImagesPage}",
            row => DatabaseRows.Image(row, 0, withEmbeddings),
            key.Gallery, key.Partition, identityId, after ?? string.Empty, limit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            images.Add(image);
        }

        return images;
    }

    public static StoredImage? Image(
        SqliteSnapshot snapshot, PartitionKey key, string identityId, string imageId) => snapshot.Select(
        $"SELECT {SqliteRows.ImageColumns}, embedding FROM images WHERE {OfPresentLife} AND image = $4",
        row => DatabaseRows.Image(row, 0, withEmbedding: true), key.Gallery, key.Partition, identityId, imageId)
        .SingleOrDefault();
}
