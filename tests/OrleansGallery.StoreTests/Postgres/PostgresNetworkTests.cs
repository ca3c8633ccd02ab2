using System.Globalization;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A database with one partition that is reached directly, and through a network that a test cuts.</summary>
/// <param name="postgres">The server.</param>
public abstract class PostgresNetworkTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<IGalleryStore> _handles = [];
    private PostgresStoreDatabase? _database;
    private CuttableProxy? _proxy;
    private int _images;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected PostgresStoreDatabase Database => _database!;

    protected CuttableProxy Proxy => _proxy!;

    /// <summary>A handle that reaches the server directly.</summary>
    protected IGalleryStore Near => _handles[0];

    /// <summary>A handle behind the proxy.</summary>
    protected IGalleryStore Far => _handles[1];

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresStoreDatabase.CreateHereAsync(postgres);
        _proxy = new CuttableProxy(_database.Database.Server.Address);
        _handles.Add(_database.Open());
        Open(PostgresStoreDatabase.Options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        _handles.ForEach(handle => handle.Dispose());
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Another handle behind the proxy.</summary>
    protected IGalleryStore Open(PostgresStoreOptions options)
    {
        _handles.Add(Database.Open(Proxy, options));
        return _handles[^1];
    }

    /// <summary>Creates a gallery of one partition and takes it.</summary>
    protected async Task<OwnedPartition> CreateAndTakeAsync()
    {
        GalleryRecord gallery = new()
        {
            Name = "people",
            Dimension = TestImages.Dimension,
            Partitions = 1,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        gallery = (await Near.CreateGalleryAsync(gallery, Guid.NewGuid(), Token))!;
        return await OwnedPartition.TakeAsync(Near, new PartitionKey(gallery.Number, 0), Token);
    }

    /// <summary>A change of the same length as all others.</summary>
    protected IdentityChange Next() => IdentityChange.Add(
        string.Create(CultureInfo.InvariantCulture, $"identity{++_images:D4}"), TestImages.Of("a", "1", "f") with
        {
            TakenAt = DateTimeOffset.UnixEpoch,
        });

    /// <summary>Commits through a handle, so that its connection is open and its statement prepared.</summary>
    protected async Task WarmUpAsync(OwnedPartition partition, IGalleryStore handle) =>
        Assert.True(await partition.CommitAsync(handle, Next()));

    /// <summary>How many bytes a commit takes in one direction.</summary>
    protected async Task<long> MeasureAsync(OwnedPartition partition, ProxyGate direction)
    {
        await WarmUpAsync(partition, Far);
        long before = direction.Passed;
        await WarmUpAsync(partition, Far);
        return direction.Passed - before;
    }

    protected static async Task AssertUnknownAsync(Func<Task> commit)
    {
        StoreAwayException exception = await Assert.ThrowsAsync<StoreAwayException>(commit);
        Assert.Equal((StoreAwayReason.Unreachable, true), (exception.Reason, exception.IsOutcomeUnknown));
    }

    /// <summary>Finds a commit's outcome out by retaking, and believes it.</summary>
    protected async Task AssertOutcomeAsync(
        OwnedPartition partition, PartitionWrite write, bool happened, params IdentityChange[] changes)
    {
        PartitionPosition position = (await Near.RetakePartitionAsync(partition.Held, Token))!;
        Assert.Equal(happened, position.Token == write.Token);
        if (happened)
        {
            partition.Apply(write, changes);
        }

        Assert.Equal(partition.Position with { Epoch = partition.Position.Epoch + 1 }, position);
        partition.Position = position;
    }

    /// <summary>Waits until a query's number is this one.</summary>
    protected async Task UntilAsync(long expected, string text)
    {
        while (await Database.ReadAsync(text) is not long number || number != expected)
        {
            Token.ThrowIfCancellationRequested();
        }
    }
}
