-- An erasure and the commits that bring images to its gallery pass one after the other: these hold the gallery's lock
-- together from their judgement to their end, an erasure alone from its first refusal. So a commit was there before the
-- erasure, or is judged by it; none is judged before it and there after it. Both take the lock last, when they have the
-- rows of their partitions.
--
-- The number is any that no other user of the database locks; galleries that share a lock only wait for each other.
CREATE OR REPLACE FUNCTION gallery.none_erased(galleries bigint[], contents bytea[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $do$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1734437996, one.key)
    FROM (SELECT DISTINCT (gallery % 2147483647)::integer AS key FROM unnest(galleries) AS given (gallery)
        ORDER BY key) AS one;

    -- A statement of its own, so that it sees what was committed while the lock was waited for.
    IF EXISTS (
        SELECT FROM unnest(galleries, contents) AS given (gallery, digest) JOIN gallery.erased USING (gallery, digest)
        WHERE erased.expires_at > (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
    THEN
        RAISE EXCEPTION 'The content of an image was erased, and is refused' USING ERRCODE = 'OGERA';
    END IF;
    RETURN true;
END
$do$;

-- A trigger, so that erasures of the version before take the lock, too. While one waits, all commits to its gallery
-- wait behind it: it gives up before they do.
CREATE FUNCTION gallery.hold_commits() RETURNS trigger
LANGUAGE plpgsql SET lock_timeout = '2s' AS $do$
BEGIN
    PERFORM pg_advisory_xact_lock(1734437996, (NEW.gallery % 2147483647)::integer);
    RETURN NEW;
END
$do$;

CREATE TRIGGER hold_commits BEFORE INSERT ON gallery.erased
FOR EACH ROW EXECUTE FUNCTION gallery.hold_commits();
