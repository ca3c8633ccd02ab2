using OrleansGallery.Inference;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary>The models in a cluster's database.</summary>
internal static class StoredModels
{
    /// <summary>Refuses a database that cannot be used, before anything is done.</summary>
    public static Task CheckAsync(string database, CancellationToken cancellationToken) =>
        ClusterDatabase.CheckTablesAsync(database, cancellationToken);

    public static async Task PutAsync(
        string database, ModelDescription model, string path, CancellationToken cancellationToken)
    {
        using PostgresGalleryStore store = Open(database);
        await using FileStream content = File.OpenRead(path);
        await store.Models.PutAsync(
            new StoredModel(model.Id, model.Sha256, content.Length), content, cancellationToken);
    }

    public static async Task<IReadOnlyList<StoredModel>> ListAsync(string database, CancellationToken cancellationToken)
    {
        await CheckAsync(database, cancellationToken);
        using PostgresGalleryStore store = Open(database);
        return await store.Models.ListAsync(cancellationToken);
    }

    private static PostgresGalleryStore Open(string database) => new(database, new PostgresStoreOptions());
}
