-- Contents that were erased and are refused for a while, by their digests alone.
CREATE TABLE gallery.erased (
    gallery bigint NOT NULL,
    expires_at bigint NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (gallery, digest)
);

CREATE INDEX erased_by_expiry ON gallery.erased (expires_at);

-- Whether none of a commit's images is refused; else it ends the commit. Volatile, so that it sees what was committed
-- while the commit waited for its partitions; a function, so that the commit's plan does not depend on this table.
CREATE FUNCTION gallery.none_erased(galleries bigint[], contents bytea[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $do$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(galleries, contents) AS given (gallery, digest) JOIN gallery.erased USING (gallery, digest)
        WHERE erased.expires_at > (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
    THEN
        RAISE EXCEPTION 'The content of an image was erased, and is refused' USING ERRCODE = 'OGERA';
    END IF;
    RETURN true;
END
$do$;
