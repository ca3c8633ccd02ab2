namespace OrleansGallery.Storage;

/// <summary>The first three versions of the tables. Never changed.</summary>
internal static class EarlySchemas
{
    // Every table that grows leads with (gallery, partition), so that a partition's rows lie together. Sums and images
    // keep their rowid: their blobs would make the pages of a WITHOUT ROWID tree hold one or two keys.
    public const string Tables = """
        CREATE TABLE galleries (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            dimension INTEGER NOT NULL,
            partitions INTEGER NOT NULL,
            model TEXT,
            normalize_first INTEGER NOT NULL,
            threshold REAL,
            margin REAL NOT NULL,
            created_at INTEGER NOT NULL) STRICT;
        CREATE TABLE deleted_galleries (
            number INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE partitions (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            token BLOB NOT NULL,
            PRIMARY KEY (gallery, partition)) STRICT, WITHOUT ROWID;
        CREATE TABLE identities (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (gallery, partition, identity)) STRICT, WITHOUT ROWID;
        CREATE TABLE facet_sums (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            facet TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            sum BLOB NOT NULL,
            PRIMARY KEY (gallery, partition, identity, facet)) STRICT;
        CREATE TABLE images (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            image TEXT NOT NULL,
            facet TEXT NOT NULL,
            content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
            taken_at INTEGER,
            version INTEGER NOT NULL,
            embedding BLOB NOT NULL,
            PRIMARY KEY (gallery, partition, identity, image)) STRICT;
        """;

    // Behind the other columns: a row is read up to the last column asked for, and the basis is megabytes.
    public const string SearchBasis = """
        ALTER TABLE galleries ADD COLUMN search_basis_version INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE galleries ADD COLUMN search_basis BLOB;
        """;

    // A setting is no column any more. The table is made anew, because the settings must stand before the basis; its
    // count of numbers comes along, because a number is never reused. Transparency was dropped until then, and a
    // gallery's embeddings stay comparable only if it still is.
    public const string SettingsAsJson = """
        CREATE TABLE new_galleries (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            dimension INTEGER NOT NULL,
            partitions INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            settings TEXT NOT NULL,
            search_basis_version INTEGER NOT NULL DEFAULT 0,
            search_basis BLOB) STRICT;
        INSERT INTO new_galleries
            SELECT number, name, dimension, partitions, created_at,
                json_object('model', model, 'normalizeFirst', json(iif(normalize_first, 'true', 'false')),
                    'threshold', threshold, 'margin', margin, 'transparency', 'drop'),
                search_basis_version, search_basis
            FROM galleries;
        DELETE FROM sqlite_sequence WHERE name = 'new_galleries';
        INSERT INTO sqlite_sequence SELECT 'new_galleries', seq FROM sqlite_sequence WHERE name = 'galleries';
        DROP TABLE galleries;
        ALTER TABLE new_galleries RENAME TO galleries;
        """;
}
