using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary>The keys in the store itself.</summary>
/// <param name="store">The store; disposed of here.</param>
/// <param name="folder">What has its file locked; null: nothing.</param>
internal sealed class StoreKeys(IGalleryStore store, DataFolder? folder) : IKeyAccess
{
    private readonly OfflineKeys _keys = new(store.Keys, TimeProvider.System);

    public static StoreKeys OfFolder(string path)
    {
        DataFolder folder = DataFolder.Open(path);
        try
        {
            return new StoreKeys(new SqliteGalleryStore(folder.DatabaseFile), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public static async Task<StoreKeys> OfDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await ClusterDatabase.CheckTablesAsync(database, cancellationToken);
        return new StoreKeys(new PostgresGalleryStore(database, new PostgresStoreOptions()), folder: null);
    }

    public Task<KeyResponse> CreateAsync(CreateKeyRequest request, CancellationToken cancellationToken) =>
        _keys.CreateAsync(request, cancellationToken);

    public Task<IReadOnlyList<KeyResponse>> ListAsync(bool withRevoked, CancellationToken cancellationToken) =>
        _keys.ListAsync(withRevoked, cancellationToken);

    public Task<KeyResponse> RevokeAsync(string id, CancellationToken cancellationToken) =>
        _keys.RevokeAsync(id, cancellationToken);

    public void Dispose()
    {
        store.Dispose();
        folder?.Dispose();
    }
}
