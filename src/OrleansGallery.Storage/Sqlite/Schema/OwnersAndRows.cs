using Microsoft.Data.Sqlite;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>
/// Version 4: partitions have owners and totals, identities their centroid, count and hash, sums are packed, deletions
/// leave their images to be purged. Galleries whose partitions were not made of whole slots are cut anew.
/// </summary>
internal static class OwnersAndRows
{
    // Identities keep their rowid now, as images and sums do: a centroid is a blob. Their versions have no index: all
    // that asks for the newest of a partition walks along it.
    private const string NewTables = """
        CREATE TABLE new_partitions (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            store INTEGER NOT NULL DEFAULT 1,
            owner BLOB NOT NULL DEFAULT (zeroblob(16)) CHECK (length(owner) = 16),
            handed_over INTEGER NOT NULL DEFAULT 0,
            epoch INTEGER NOT NULL DEFAULT 0,
            sequence INTEGER NOT NULL DEFAULT 0,
            token BLOB NOT NULL DEFAULT (zeroblob(16)) CHECK (length(token) = 16),
            identities INTEGER NOT NULL DEFAULT 0,
            images INTEGER NOT NULL DEFAULT 0,
            rows INTEGER NOT NULL DEFAULT 0,
            hash BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(hash) = 32),
            removals INTEGER NOT NULL DEFAULT 0,
            removal_floor INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (gallery, partition)) STRICT, WITHOUT ROWID;
        CREATE TABLE new_identities (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            version INTEGER NOT NULL,
            born INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            centroid BLOB,
            PRIMARY KEY (gallery, partition, identity)) STRICT;
        CREATE TABLE new_facet_sums (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            facet TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            sum BLOB NOT NULL,
            PRIMARY KEY (gallery, partition, identity, facet)) STRICT;
        CREATE TABLE removals (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            version INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 16),
            PRIMARY KEY (gallery, partition, version, digest)) STRICT, WITHOUT ROWID;
        CREATE TABLE purges (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            version INTEGER NOT NULL,
            after TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (gallery, partition, identity)) STRICT, WITHOUT ROWID;
        """;

    // An identity that moves between partitions keeps its version, and so do its images: no partition may then be at a
    // lower sequence. Nobody noted what was removed before.
    private const string Partitions = """
        INSERT INTO new_partitions (gallery, partition, epoch, sequence, token, removal_floor)
            SELECT gallery, partition, epoch, sequence, token, sequence FROM (
                SELECT p.gallery, p.partition, p.epoch, p.token,
                    iif(4096 % g.partitions = 0, p.sequence,
                        (SELECT max(q.sequence) FROM partitions q WHERE q.gallery = p.gallery)) AS sequence
                FROM partitions p JOIN galleries g ON g.number = p.gallery);
        UPDATE images
            SET partition = partition_of(identity, (SELECT partitions FROM galleries WHERE number = gallery))
            WHERE gallery IN (SELECT number FROM galleries WHERE 4096 % partitions <> 0);
        """;

    // The order of the join is the order of the walk, so that an identity's sums come together. What deleted galleries
    // still have is left out: of them only images are purged.
    internal const string Sums = """
        SELECT g.dimension, g.partitions, i.gallery, i.identity, i.version, f.facet, f.count, f.sum
        FROM galleries g CROSS JOIN identities i ON i.gallery = g.number CROSS JOIN facet_sums f
            ON f.gallery = i.gallery AND f.partition = i.partition AND f.identity = i.identity
        """;

    private const string Switch = """
        DROP TABLE partitions;
        DROP TABLE identities;
        DROP TABLE facet_sums;
        ALTER TABLE new_partitions RENAME TO partitions;
        ALTER TABLE new_identities RENAME TO identities;
        ALTER TABLE new_facet_sums RENAME TO facet_sums;
        CREATE INDEX identities_by_id ON identities (gallery, identity);
        CREATE INDEX partitions_by_removals ON partitions (removals);
        ALTER TABLE galleries ADD COLUMN creation_token BLOB NOT NULL DEFAULT x'';
        ALTER TABLE deleted_galleries ADD COLUMN token BLOB NOT NULL DEFAULT x'';
        ALTER TABLE deleted_galleries ADD COLUMN purged INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX deleted_galleries_by_purged ON deleted_galleries (purged);
        """;

    public static void Run(SqliteSnapshot file)
    {
        file.Connection.CreateFunction(
            "partition_of", (string identityId, int partitions) => PartitionOf(identityId, partitions),
            isDeterministic: true);
        file.Run(NewTables);
        file.Run(Partitions);
        using (MigratedRows rows = new(file))
        {
            foreach (MigratedSum sum in file.Select(Sums, Sum))
            {
                rows.Add(sum);
            }

            rows.Finish();
        }

        file.Run(Switch);
        file.Run(ModelTables.Text);
    }

    private static int PartitionOf(string identityId, int partitions) =>
        IdentitySlot.PartitionOf(IdentitySlot.Of(identityId), partitions);

    private static MigratedSum Sum(SqliteDataReader row)
    {
        string identityId = row.GetString(3);
        PartitionKey key = new(row.GetInt64(2), PartitionOf(identityId, row.GetInt32(1)));
        return new(key, identityId, row.GetInt64(4), row.GetInt32(0),
            new StoredFacet(row.GetString(5), row.GetInt64(6), (byte[])row[7]));
    }
}
