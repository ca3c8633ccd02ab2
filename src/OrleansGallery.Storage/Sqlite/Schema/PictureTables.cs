namespace OrleansGallery.Storage;

/// <summary>
/// Version 8: what is kept of images to be looked at, beside their rows, which are rewritten whenever they move to
/// another identity. A picture belongs to one image, and goes with its row, by whatever way that goes.
/// </summary>
internal static class PictureTables
{
    public const string Text = """
        CREATE TABLE pictures (
            gallery INTEGER NOT NULL,
            id BLOB NOT NULL CHECK (length(id) = 16),
            bytes INTEGER NOT NULL,
            thumbnail_hash BLOB NOT NULL CHECK (length(thumbnail_hash) = 32),
            thumbnail BLOB NOT NULL,
            original BLOB,
            PRIMARY KEY (gallery, id)) STRICT;
        CREATE INDEX pictures_by_size ON pictures (gallery, bytes);
        ALTER TABLE images ADD COLUMN picture BLOB;
        CREATE TRIGGER pictures_of_deleted AFTER DELETE ON images WHEN old.picture IS NOT NULL BEGIN
            DELETE FROM pictures WHERE gallery = old.gallery AND id = old.picture;
        END;
        CREATE TRIGGER pictures_of_replaced AFTER UPDATE OF picture ON images WHEN old.picture IS NOT NULL BEGIN
            DELETE FROM pictures WHERE gallery = old.gallery AND id = old.picture;
        END;
        """;
}
