using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What every store must do, by topic; a subclass says which store. Each test has an empty database.</summary>
public abstract class GalleryStoreContract : IAsyncLifetime
{
    private readonly List<IGalleryStore> _handles = [];
    private StoreDatabase? _database;

    /// <summary>A handle onto the database.</summary>
    protected IGalleryStore Store => _handles[0];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _handles.ForEach(handle => handle.Dispose());
        await _database!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a new, empty database.</summary>
    /// <returns>The database.</returns>
    protected abstract Task<StoreDatabase> CreateDatabaseAsync();

    /// <summary>Another handle onto the same database, as another process has one.</summary>
    /// <returns>The handle; the test need not close it.</returns>
    protected async Task<IGalleryStore> OpenAsync()
    {
        IGalleryStore handle = await _database!.OpenAsync();
        _handles.Add(handle);
        return handle;
    }

    /// <summary>Changes what is kept of images behind the store's back.</summary>
    /// <param name="statement">The statement; {0} stands for the table.</param>
    protected Task SpoilPicturesAsync(string statement) => _database!.SpoilPicturesAsync(statement);

    /// <summary>How many rows a table has, whoever sees them.</summary>
    protected Task<long> CountAsync(string table) => _database!.CountAsync(table);

    /// <summary>A handle whose calls fail by chance, in as many ways as this store's can.</summary>
    /// <param name="seed">Of the chance.</param>
    /// <returns>The handle; the test need not close it.</returns>
    protected async Task<IGalleryStore> OpenFaultyAsync(int seed)
    {
        _handles.Add(await _database!.OpenFaultyAsync(seed));
        return _handles[^1];
    }

    protected static GalleryRecord Describe(string name, int partitions = 2) => new()
    {
        Name = name,
        Dimension = TestImages.Dimension,
        Partitions = partitions,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
    };

    /// <summary>Creates a gallery.</summary>
    protected async Task<GalleryRecord> CreateAsync(string name = "people", int partitions = 2) =>
        (await Store.CreateGalleryAsync(Describe(name, partitions), Guid.NewGuid(), Token))!;

    /// <summary>Creates a gallery of one partition, to which every identity belongs, and takes it.</summary>
    protected async Task<OwnedPartition> CreateAndTakeAsync(string name = "people") =>
        await OwnedPartition.TakeAsync(Store, new PartitionKey((await CreateAsync(name, 1)).Number, 0), Token);

    /// <summary>Creates a gallery and takes all its partitions.</summary>
    protected async Task<OwnedPartition[]> CreateAndTakeAllAsync(int partitions)
    {
        long number = (await CreateAsync(partitions: partitions)).Number;
        return await Task.WhenAll(Enumerable.Range(0, partitions).Select(
            partition => OwnedPartition.TakeAsync(Store, new(number, partition), Token)));
    }

    /// <summary>Compares all that is stored of a partition with what its owner knows.</summary>
    protected async Task AssertStoredAsync(OwnedPartition partition) =>
        await StoredContent.AssertAsync(Store, partition, Token);

    /// <summary>Purges until there is no more.</summary>
    /// <param name="rows">At a time.</param>
    /// <returns>How many times there was more.</returns>
    protected async Task<int> PurgeAllAsync(int rows = 1000)
    {
        int purges = 0;
        while (await Store.PurgeAsync(rows, Token))
        {
            purges++;
        }

        return purges;
    }
}
