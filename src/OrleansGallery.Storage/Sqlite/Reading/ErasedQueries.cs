namespace OrleansGallery.Storage;

/// <summary>What is read of erased contents.</summary>
internal static class ErasedQueries
{
    /// <summary>A content that is refused at a time; answered from the key alone.</summary>
    public const string Refused =
        "SELECT expires_at FROM erased WHERE gallery = $1 AND digest = $2 AND expires_at > $3";

    public static IReadOnlyList<ErasedContent> Find(
        SqliteSnapshot snapshot, long gallery, IReadOnlyList<byte[]> digests) =>
    [
        .. digests.DistinctBy(Convert.ToHexString).SelectMany(digest => snapshot.Select(
            Refused,
            row => new ErasedContent(digest, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0))),
            gallery, digest, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())),
    ];
}
