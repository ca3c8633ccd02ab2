-- Operations that were carried out, with what their callers were told.
CREATE TABLE gallery.operations (
    gallery bigint NOT NULL,
    expires_at bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    receipt text NOT NULL,
    images text NOT NULL,
    PRIMARY KEY (gallery, id)
);

CREATE INDEX operations_by_expiry ON gallery.operations (expires_at);
