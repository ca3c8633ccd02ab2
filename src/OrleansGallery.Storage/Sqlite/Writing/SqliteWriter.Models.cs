namespace OrleansGallery.Storage;

/// <content>The files of models.</content>
internal sealed partial class SqliteWriter
{
    public bool PutModelChunk(StoredModel model, int number, byte[] bytes) => Write(snapshot => snapshot.Run(
        "INSERT INTO model_chunks (id, sha256, number, bytes) VALUES ($1, $2, $3, $4) "
        + "ON CONFLICT DO UPDATE SET bytes = excluded.bytes", model.Id, model.Sha256, number, bytes) > 0);

    public bool PublishModel(StoredModel model) => Write(snapshot =>
    {
        snapshot.Run(
            """
            INSERT INTO models (id, sha256, length) SELECT $1, $2, $3 WHERE
                (SELECT count(*) = $4 AND coalesce(sum(length(bytes)), 0) = $3
                    FROM model_chunks WHERE id = $1 AND sha256 = $2)
            ON CONFLICT DO NOTHING
            """,
            model.Id, model.Sha256, model.Length, model.Chunks);
        return ModelQueries.Find(snapshot, model.Id) == model;
    });

    public bool DeleteModel(string id)
    {
        OverwriteDeleted(isOn: false);
        try
        {
            return Write(snapshot =>
            {
                snapshot.Run("DELETE FROM model_chunks WHERE id = $1", id);
                return snapshot.Run("DELETE FROM models WHERE id = $1", id) > 0;
            });
        }
        finally
        {
            OverwriteDeleted(isOn: true);
        }
    }
}
