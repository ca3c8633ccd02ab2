-- The keys of the HTTP API.
CREATE TABLE gallery.api_keys (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    role text NOT NULL,
    galleries text,
    requests_per_second integer,
    max_concurrent integer,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint
);
