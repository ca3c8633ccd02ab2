-- The truth: galleries, their partitions and what those hold.
--
-- Rows are keyed by gallery and slot (a hash of the identity's id, IdentitySlot), not by partition: a partition is made
-- of whole slots, so that a gallery may be cut anew without one row being rewritten. Tables that grow are cut into
-- pieces by slot, for smaller indexes and for vacuums that run side by side. Vectors do not compress: they are stored
-- as they are, in the row where they fit.
--
-- An identity that is deleted leaves its images and sums behind, unseen: they carry the version at which their
-- identity was born, and only those that agree with the identity's own are its own. It is part of their keys, so that a
-- new life of the same id does not meet the old one's rows, which a purge takes.

-- The one cluster whose silos may work here: two would fence each other off.
CREATE TABLE gallery.cluster (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id text NOT NULL
);

CREATE TABLE gallery.galleries (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    creation uuid NOT NULL UNIQUE,
    dimension integer NOT NULL,
    partitions integer NOT NULL,
    created_at bigint NOT NULL,
    settings text NOT NULL,
    basis_version bigint NOT NULL DEFAULT 0,
    basis bytea
);

-- Their numbers are never used again; creation and deletion say who asked, should he ask again.
CREATE TABLE gallery.deleted_galleries (
    number bigint PRIMARY KEY,
    creation uuid NOT NULL UNIQUE,
    deletion uuid NOT NULL,
    purged boolean NOT NULL DEFAULT false
);

CREATE INDEX deleted_galleries_unpurged ON gallery.deleted_galleries (number) WHERE NOT purged;

-- Written by every commit; half a page stays free, so that no commit touches the index.
CREATE TABLE gallery.partitions (
    gallery bigint NOT NULL,
    partition integer NOT NULL,
    store integer NOT NULL DEFAULT 0,
    owner uuid,
    handed_over boolean NOT NULL DEFAULT true,
    epoch bigint NOT NULL DEFAULT 0,
    sequence bigint NOT NULL DEFAULT 0,
    token uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    identities bigint NOT NULL DEFAULT 0,
    images bigint NOT NULL DEFAULT 0,
    rows bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(hash) = 32),
    removals bigint NOT NULL DEFAULT 0,
    removal_floor bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (gallery, partition)
) WITH (fillfactor = 50);

CREATE TABLE gallery.identities (
    gallery bigint NOT NULL,
    version bigint NOT NULL,
    born bigint NOT NULL,
    count bigint NOT NULL CHECK (count > 0),
    slot smallint NOT NULL,
    identity text COLLATE "C" NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    centroid bytea,
    PRIMARY KEY (gallery, slot, identity)
) PARTITION BY HASH (slot);

-- Lists a gallery in the order of ids.
CREATE INDEX identities_listing ON gallery.identities (gallery, identity);

CREATE TABLE gallery.facet_sums (
    gallery bigint NOT NULL,
    born bigint NOT NULL,
    count bigint NOT NULL CHECK (count > 0),
    slot smallint NOT NULL,
    identity text COLLATE "C" NOT NULL,
    facet text COLLATE "C" NOT NULL,
    sum bytea NOT NULL,
    PRIMARY KEY (gallery, slot, identity, born, facet)
) PARTITION BY HASH (slot);

CREATE TABLE gallery.images (
    gallery bigint NOT NULL,
    born bigint NOT NULL,
    taken_at bigint,
    slot smallint NOT NULL,
    identity text COLLATE "C" NOT NULL,
    image text COLLATE "C" NOT NULL,
    facet text NOT NULL,
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    embedding bytea NOT NULL,
    PRIMARY KEY (gallery, slot, identity, born, image)
) PARTITION BY HASH (slot);

ALTER TABLE gallery.galleries ALTER COLUMN basis SET STORAGE EXTERNAL;
ALTER TABLE gallery.identities ALTER COLUMN centroid SET STORAGE EXTERNAL;
ALTER TABLE gallery.facet_sums ALTER COLUMN sum SET STORAGE EXTERNAL;
ALTER TABLE gallery.images ALTER COLUMN embedding SET STORAGE EXTERNAL;

DO $do$
BEGIN
    FOR piece IN 0..7 LOOP
        EXECUTE format('CREATE TABLE gallery.identities_%s PARTITION OF gallery.identities '
            'FOR VALUES WITH (MODULUS 8, REMAINDER %s) WITH (toast_tuple_target = 8160)', piece, piece);
        EXECUTE format('CREATE TABLE gallery.facet_sums_%s PARTITION OF gallery.facet_sums '
            'FOR VALUES WITH (MODULUS 8, REMAINDER %s) WITH (toast_tuple_target = 8160)', piece, piece);
        EXECUTE format('CREATE TABLE gallery.images_%s PARTITION OF gallery.images '
            'FOR VALUES WITH (MODULUS 8, REMAINDER %s) WITH (toast_tuple_target = 8160)', piece, piece);
    END LOOP;
END
$do$;

-- Identities that were removed, for who loaded before that: by a digest, so that their names are gone.
CREATE TABLE gallery.removals (
    gallery bigint NOT NULL,
    version bigint NOT NULL,
    slot smallint NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 16),
    PRIMARY KEY (gallery, slot, version, digest)
);

-- Identities that left images and sums behind.
CREATE TABLE gallery.purges (
    gallery bigint NOT NULL,
    born bigint NOT NULL,
    slot smallint NOT NULL,
    identity text COLLATE "C" NOT NULL,
    PRIMARY KEY (gallery, slot, identity, born)
);

-- The files of models. Chunks of a file that is not in models are not seen.
CREATE TABLE gallery.models (
    id text COLLATE "C" PRIMARY KEY,
    sha256 text NOT NULL CHECK (length(sha256) = 64),
    length bigint NOT NULL
);

CREATE TABLE gallery.model_chunks (
    id text COLLATE "C" NOT NULL,
    sha256 text NOT NULL,
    number integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (id, sha256, number)
);

ALTER TABLE gallery.model_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
