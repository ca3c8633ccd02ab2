using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>What a silo has of one partition, without Orleans: a store, a committer, the partition, ledgers.</summary>
internal sealed class Owner : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SqliteGalleryStore _sqlite;
    private readonly PartitionLoader _loader;

    public Owner(string file, CommitterOptions? options = null)
    {
        _sqlite = new SqliteGalleryStore(file);
        Store = new FaultyStore(_sqlite);
        Writes = new StoreWrites(Store, Health);
        Bases = new SearchBases(Store, Options.Create(new CoderOptions()), NullLogger<SearchBases>.Instance);
        _loader = new PartitionLoader(
            Store, Writes, new PrefetchedPartitions(TimeProvider.System),
            Bases, Options.Create(new PartitionOptions()), TimeProvider.System);
        IOptions<CommitterOptions> committing =
            Options.Create(options ?? new CommitterOptions { StoreTimeout = TimeSpan.FromSeconds(5) });
        Upkeep = new StoreUpkeep(
            Store, Health, Places, committing, TimeProvider.System, NullLogger<StoreUpkeep>.Instance);
        Committer = new SiloCommitter(
            Store,
            committing,
            Options.Create(new PartitionOptions()),
            Health,
            new GrainsInstruments(_services.GetRequiredService<IMeterFactory>()),
            TimeProvider.System,
            NullLogger<SiloCommitter>.Instance);
    }

    public FaultyStore Store { get; }

    public SiloCommitter Committer { get; }

    public StoreWrites Writes { get; }

    public SearchBases Bases { get; }

    public StoreUpkeep Upkeep { get; }

    public PartitionPlaces Places { get; } = new(new SiloRoster(
        new FixedMembership(1, FixedMembership.Member(1, "a@gallery"))));

    public StoreHealth Health { get; } = new(NullLogger<StoreHealth>.Instance);

    /// <summary>Ends loading.</summary>
    public CancellationToken LoadToken { get; set; }

    public LocalPartition Partition { get; private set; } = null!;

    /// <summary>Called when everything of a commit is written, just before it becomes visible.</summary>
    public Action? BeforeVisible
    {
        set => _sqlite.BeforeCommit = value;
    }

    public static GalleryRecord CreateGallery(string file, int dimension = 16, int partitions = 1)
    {
        using SqliteGalleryStore store = new(file);
        return store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "people",
                Dimension = dimension,
                Partitions = partitions,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(), CancellationToken.None).GetAwaiter().GetResult()!;
    }

    public async Task ActivateAsync(GalleryRecord gallery, int partition = 0) => Partition =
        (await _loader.LoadAsync(
            new PartitionKey(gallery.Number, partition), Guid.NewGuid(), StoreRecords.ToGallery(gallery),
            LoadToken))!;

    /// <summary>Reads a partition ahead; the next activation uses it.</summary>
    public Task<bool> PrefetchAsync(GalleryRecord gallery, int partition) => _loader.PrefetchAsync(
        new PartitionKey(gallery.Number, partition), gallery.Dimension, LoadToken);

    /// <summary>The ledger of an identity whose partition is this owner's.</summary>
    public IdentityLedger Ledger(string identityId, GalleryRecord gallery) =>
        new(identityId, new Home(this, identityId, gallery));

    /// <summary>A partition's hash and counts, recomputed from the stored images.</summary>
    public async Task<VerificationReport> AuditAsync(GalleryRecord gallery, int partition = 0)
    {
        PartitionAudit audit = new(gallery.Dimension);
        await Store.AuditPartitionAsync(new PartitionKey(gallery.Number, partition), audit, CancellationToken.None);
        return audit.Finish();
    }

    public void Dispose()
    {
        Upkeep.Dispose();
        Committer.Dispose();
        _loader.Dispose();
        Store.Dispose();
        _services.Dispose();
    }

    private sealed class Home(Owner owner, string identityId, GalleryRecord gallery) : IIdentityHome
    {
        public async Task<IdentityState> LoadAsync()
        {
            StoredIdentity? stored = await owner.Store.ReadIdentityAsync(
                owner.Partition.Key, identityId, CancellationToken.None);
            return new IdentityState(
                identityId,
                new IdentityVersion
                {
                    Version = stored?.Version ?? 0,
                    Dimension = gallery.Dimension,
                    NormalizeFirst = StoreRecords.ToGallery(gallery).Settings.NormalizeFirst,
                },
                stored);
        }

        public Task ConfirmAsync(long version) => Task.CompletedTask;

        public Task<CommitReceipt> CommitAsync(IdentityChange change) =>
            owner.Committer.CommitAsync(owner.Partition, change);

        public Task<IReadOnlyList<ErasedContent>> FindErasedAsync(IReadOnlyList<byte[]> digests) =>
            owner.Store.FindErasedAsync(owner.Partition.Key.Gallery, digests, CancellationToken.None);

        public async Task<VectorBytes> ReadEmbeddingAsync(string imageId) => new(
            (await owner.Store.ReadImageAsync(owner.Partition.Key, identityId, imageId, CancellationToken.None))!
                .Embedding!);
    }
}
