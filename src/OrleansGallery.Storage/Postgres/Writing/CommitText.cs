namespace OrleansGallery.Storage;

/// <summary>
/// The commit's statement; <see cref="CommitArrays"/> are its parameters.
/// <para>
/// Everything hangs on the partitions' rows that <c>moved</c> gives back, whose conditions stand in the UPDATE itself:
/// PostgreSQL judges them again on the row as it is once a writer before it is done. <c>locked</c> judges nothing; it
/// only takes the rows in one order, so that two silos cannot wait for each other.
/// </para>
/// <para>
/// When an identity was born comes back from writing it, not from a look at it: images and sums get it from there.
/// </para>
/// </summary>
internal static class CommitText
{
    private const string Wanted = """
        WITH wanted AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) WITH ORDINALITY AS wanted (
                gallery, partition, owner, epoch, sequence, token, identities, images, rows, hash, share)),
        locked AS MATERIALIZED (
            SELECT gallery, partition
            FROM gallery.partitions JOIN wanted USING (gallery, partition)
            ORDER BY gallery, partition
            FOR NO KEY UPDATE OF partitions)
        """;

    // Of what is to go, how much there is: only that is noted as removed. Where the sequence matches, the statement saw
    // everything that was committed before.
    private const string Leaving = """
        ,
        leaving AS (
            SELECT share, count(*) AS removals
            FROM unnest($60, $61, $62) AS given (share, slot, identity)
                JOIN wanted USING (share)
                JOIN gallery.identities AS there USING (gallery, slot, identity)
            GROUP BY share)
        """;

    private const string Moved = """
        ,
        moved AS (
            UPDATE gallery.partitions AS held
            SET sequence = held.sequence + 1, token = wanted.token, identities = wanted.identities,
                images = wanted.images, rows = wanted.rows, hash = wanted.hash,
                removals = held.removals
        """;

    private const string ThoseLeaving =
        " + coalesce((SELECT leaving.removals FROM leaving WHERE leaving.share = wanted.share), 0)";

    private const string Judged = """

            FROM wanted JOIN locked USING (gallery, partition)
            WHERE held.gallery = wanted.gallery AND held.partition = wanted.partition AND held.owner = wanted.owner
                AND held.epoch = wanted.epoch AND held.sequence = wanted.sequence
            RETURNING wanted.share, held.gallery, held.sequence AS version)
        """;

    // A series beside the arrays tells the planner of more rows than the ten that it takes an array for: it would join
    // two of a thousand by comparing each with each.
    private const string Kept = """
        ,
        saved AS (
            INSERT INTO gallery.identities (gallery, version, born, count, slot, identity, hash, centroid, attributes)
            SELECT gallery, version, version, count, slot, identity, hash, centroid, attributes
            FROM ROWS FROM (
                generate_series(1, $11), unnest($12), unnest($13), unnest($14), unnest($15), unnest($16), unnest($17),
                unnest($18))
                AS given (n, share, slot, identity, count, hash, centroid, attributes)
            JOIN moved USING (share)
            ON CONFLICT (gallery, slot, identity) DO UPDATE
            SET version = excluded.version, count = excluded.count, hash = excluded.hash, centroid = excluded.centroid,
                attributes = coalesce(excluded.attributes, identities.attributes)
            RETURNING gallery, slot, identity, born),
        summed AS (
            INSERT INTO gallery.facet_sums (gallery, born, count, slot, identity, facet, sum)
            SELECT gallery, born, count, slot, identity, facet, sum
            FROM ROWS FROM (
                generate_series(1, $19), unnest($20), unnest($21), unnest($22), unnest($23), unnest($24), unnest($25))
                AS given (n, gallery, slot, identity, facet, count, sum)
            JOIN saved USING (gallery, slot, identity)
            ON CONFLICT (gallery, slot, identity, born, facet) DO UPDATE
            SET count = excluded.count, sum = excluded.sum),
        added AS (
            INSERT INTO gallery.images
                (gallery, born, taken_at, slot, identity, image, facet, content_hash, embedding, picture)
            SELECT gallery, born, taken_at, slot, identity, image, facet, content_hash, embedding, picture
            FROM ROWS FROM (
                generate_series(1, $26), unnest($27), unnest($28), unnest($29), unnest($30), unnest($31), unnest($32),
                unnest($33), unnest($34), unnest($35))
                AS given (n, gallery, slot, identity, image, facet, content_hash, taken_at, embedding, picture)
            JOIN saved USING (gallery, slot, identity))
        """;

    // What is kept of images to be looked at. What is to go is found by the images' rows as they were before.
    private const string Pictures = """
        ,
        kept AS (
            INSERT INTO gallery.pictures (gallery, id, bytes, thumbnail_hash, thumbnail, original)
            SELECT gallery, id, bytes, thumbnail_hash, thumbnail, original
            FROM ROWS FROM (
                generate_series(1, $36), unnest($37), unnest($38), unnest($39), unnest($40), unnest($41), unnest($42))
                AS given (n, share, id, bytes, thumbnail_hash, thumbnail, original)
            JOIN moved USING (share))
        """;

    private const string Gone = """
        ,
        replaced AS (
            INSERT INTO gallery.images
                (gallery, born, taken_at, slot, identity, image, facet, content_hash, embedding, picture)
            SELECT gallery, born, taken_at, slot, identity, image, facet, content_hash, embedding, picture
            FROM unnest($43, $44, $45, $46, $47, $48, $49, $50, $51)
                AS given (gallery, slot, identity, image, facet, content_hash, taken_at, embedding, picture)
            JOIN saved USING (gallery, slot, identity)
            ON CONFLICT (gallery, slot, identity, born, image) DO UPDATE
            SET taken_at = excluded.taken_at, facet = excluded.facet, content_hash = excluded.content_hash,
                embedding = excluded.embedding, picture = excluded.picture),
        replaced_pictures AS (
            DELETE FROM gallery.pictures AS gone
            USING unnest($43, $44, $45, $46) AS given (gallery, slot, identity, image)
                JOIN saved USING (gallery, slot, identity)
                JOIN gallery.images AS there USING (gallery, slot, identity, born, image)
            WHERE gone.gallery = there.gallery AND gone.id = there.picture),
        dropped_images AS (
            DELETE FROM gallery.images AS there
            USING unnest($52, $53, $54, $55) AS given (gallery, slot, identity, image)
                JOIN saved USING (gallery, slot, identity)
            WHERE there.gallery = given.gallery AND there.slot = given.slot AND there.identity = given.identity
                AND there.born = saved.born AND there.image = given.image
            RETURNING there.gallery, there.picture),
        dropped_pictures AS (
            DELETE FROM gallery.pictures AS gone USING dropped_images AS image
            WHERE gone.gallery = image.gallery AND gone.id = image.picture),
        dropped_sums AS (
            DELETE FROM gallery.facet_sums AS there
            USING unnest($56, $57, $58, $59) AS given (gallery, slot, identity, facet)
                JOIN saved USING (gallery, slot, identity)
            WHERE there.gallery = given.gallery AND there.slot = given.slot AND there.identity = given.identity
                AND there.born = saved.born AND there.facet = given.facet),
        ended AS (
            DELETE FROM gallery.identities AS there
            USING unnest($60, $61, $62, $63) AS given (share, slot, identity, digest) JOIN moved USING (share)
            WHERE there.gallery = moved.gallery AND there.slot = given.slot AND there.identity = given.identity
            RETURNING there.gallery, moved.version, there.born, there.slot, there.identity, given.digest),
        removed AS (
            INSERT INTO gallery.removals (gallery, version, slot, digest)
            SELECT gallery, version, slot, digest FROM ended),
        left_behind AS (
            INSERT INTO gallery.purges (gallery, born, slot, identity)
            SELECT gallery, born, slot, identity FROM ended)
        """;

    // What is remembered of some of the changes: an id that is there already ends the statement with an error.
    private const string Remembered = """
        ,
        noted AS (
            INSERT INTO gallery.operations (gallery, id, digest, receipt, expires_at, images)
            SELECT gallery, id, digest, receipt, expires_at, '[]'
            FROM unnest($64, $65, $66, $67, $68) AS given (share, id, digest, receipt, expires_at)
                JOIN moved USING (share))
        """;

    // An operation over two identities. What is not found to be as it must be ends the statement with an error, so that
    // nothing of it is written: a partition that is not moved divides by zero, a wrong number of images is asked for
    // its root. Neither is a constant, which the planner would work out beforehand.
    private const string Rekeyed = """
        ,
        rekeyed AS (
            UPDATE gallery.images AS there SET slot = saved.slot, identity = saved.identity, born = saved.born
            FROM saved, gallery.identities AS source
            WHERE saved.gallery = $66 AND saved.slot = $67 AND saved.identity = $68
                AND source.gallery = $66 AND source.slot = $69 AND source.identity = $70
                AND there.gallery = source.gallery AND there.slot = source.slot
                AND there.identity = source.identity AND there.born = source.born
        """;

    private const string Named = " AND there.image = ANY ($75)";

    private const string Noted = """

            RETURNING there.image, there.content_hash),
        noted AS (
            INSERT INTO gallery.operations (gallery, id, digest, receipt, expires_at, images)
            SELECT $66, $71, $72, $73, $74, coalesce(
                json_agg(json_build_array(image, encode(content_hash, 'hex')))::text, '[]')
            FROM rekeyed)
        SELECT 1 / (done.moved = $64)::integer, sqrt(-abs(done.rekeyed - $65))
        FROM (SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM rekeyed) AS rekeyed) AS done
        """;

    // An erasure. What goes is found by the images' rows as they were before; the rest is as of operations.
    private const string Erased = """
        ,
        going AS (
            SELECT there.content_hash
            FROM gallery.images AS there JOIN gallery.identities AS life USING (gallery, slot, identity, born)
            WHERE there.gallery = $65 AND there.slot = $66 AND there.identity = $67
        """;

    private const string TheNamed = " AND there.image = $73";

    private const string Refused = """
        ),
        refused AS (
            INSERT INTO gallery.erased (gallery, digest, expires_at)
            SELECT DISTINCT $65, content_hash, $72 FROM going WHERE $72 > 0
            ON CONFLICT (gallery, digest) DO UPDATE
            SET expires_at = greatest(erased.expires_at, excluded.expires_at)),
        noted AS (
            INSERT INTO gallery.operations (gallery, id, digest, receipt, expires_at, images)
            VALUES ($65, $68, $69, $70, $71, '[]'))
        SELECT 1 / (done.moved = 1)::integer, sqrt(-abs(done.going - $64))
        FROM (SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM going) AS going) AS done
        """;

    // Once for all shares, and only where there are any. The count has the partitions' rows taken first: a commit that
    // waits for one is judged afterwards, and nobody waits for a row who already holds the judgement's lock.
    private const string Answer = "\nSELECT share FROM moved WHERE (SELECT gallery.none_erased($27, $32)" + WhereMoved;

    private const string AnswerToAll =
        "\nSELECT share FROM moved WHERE (SELECT gallery.none_erased($27 || $43, $32 || $48)" + WhereMoved;

    private const string WhereMoved = " WHERE (SELECT count(*) FROM moved) > 0)";

    /// <summary>Of commits that remove nothing. One plan serves all of them: it looks nothing up but by the conflicts
    /// that an INSERT meets.</summary>
    public const string Adding = Wanted + Moved + Judged + Kept + Answer;

    /// <summary>Of such commits whose images bring pictures.</summary>
    public const string AddingPictures = Wanted + Moved + Judged + Kept + Pictures + Answer;

    /// <summary>Of operations that move all images of an identity.</summary>
    public const string JointOfAll =
        Wanted + Leaving + Moved + ThoseLeaving + Judged + Kept + Pictures + Gone + Rekeyed + Noted;

    /// <summary>Of operations that move some.</summary>
    public const string JointOfSome =
        Wanted + Leaving + Moved + ThoseLeaving + Judged + Kept + Pictures + Gone + Rekeyed + Named + Noted;

    /// <summary>Of erasures of an identity.</summary>
    public const string ErasureOfAll =
        Wanted + Leaving + Moved + ThoseLeaving + Judged + Kept + Pictures + Gone + Erased + Refused;

    /// <summary>Of erasures of an image.</summary>
    public const string ErasureOfOne =
        Wanted + Leaving + Moved + ThoseLeaving + Judged + Kept + Pictures + Gone + Erased + TheNamed + Refused;

    /// <summary>Of all others. How to find what goes depends on how large the tables are by then, so that it is planned
    /// anew each time.</summary>
    public const string Full =
        Wanted + Leaving + Moved + ThoseLeaving + Judged + Kept + Pictures + Gone + AnswerToAll;

    /// <summary>The same, of commits that are remembered as operations.</summary>
    public const string Noting =
        Wanted + Leaving + Moved + ThoseLeaving + Judged + Kept + Pictures + Gone + Remembered + AnswerToAll;
}
