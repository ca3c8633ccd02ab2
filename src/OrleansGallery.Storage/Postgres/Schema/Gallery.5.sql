-- What is kept of images to be looked at, beside their rows, which are rewritten whenever they move to another identity.
-- A picture belongs to one image and goes in the transaction that takes the image's row. Its id grows with time. Files
-- do not compress: they are stored as they are.
CREATE TABLE gallery.pictures (
    gallery bigint NOT NULL,
    bytes bigint NOT NULL,
    id uuid NOT NULL,
    thumbnail_hash bytea NOT NULL CHECK (octet_length(thumbnail_hash) = 32),
    thumbnail bytea NOT NULL,
    original bytea,
    PRIMARY KEY (gallery, id)
) PARTITION BY HASH (id);

-- Counts a gallery's bytes without a look at them.
CREATE INDEX pictures_by_size ON gallery.pictures (gallery, bytes);

ALTER TABLE gallery.pictures ALTER COLUMN thumbnail SET STORAGE EXTERNAL;
ALTER TABLE gallery.pictures ALTER COLUMN original SET STORAGE EXTERNAL;

DO $do$
BEGIN
    FOR piece IN 0..7 LOOP
        EXECUTE format('CREATE TABLE gallery.pictures_%s PARTITION OF gallery.pictures '
            'FOR VALUES WITH (MODULUS 8, REMAINDER %s)', piece, piece);
    END LOOP;
END
$do$;

ALTER TABLE gallery.images ADD COLUMN picture uuid;
