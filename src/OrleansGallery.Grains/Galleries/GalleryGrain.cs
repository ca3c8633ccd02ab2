using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// One gallery by name. Reentrant: the store decides between two that create the same name, and what was read from it
/// is kept only if no creation or deletion came in between.
/// </summary>
[GrainType("gallery.gallery"), RequiresRole(SiloRoles.Gallery), Reentrant]
internal sealed class GalleryGrain(IGalleryStore store, SiloCommitter committer, TimeProvider time)
    : Grain, IGalleryGrain
{
    private const int MaxPartitions = 4096;
    private const int VerifiedTogether = 2;

    private GallerySettings? _settings;
    private int _changes;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public async Task<GallerySettings> CreateAsync(GallerySettings settings)
    {
        Check(settings);
        GalleryRecord gallery = StoreRecords.ToRecord(settings with { Name = Name }, time.GetUtcNow());
        GalleryRecord created = await committer.RunAsync(writer => writer.CreateGallery(gallery))
            ?? throw new GalleryExistsException($"There is a gallery '{Name}' already.");
        _changes++;
        return _settings = StoreRecords.ToSettings(created);
    }

    /// <inheritdoc />
    public async Task<GallerySettings> GetAsync()
    {
        while (_settings is null)
        {
            int changes = _changes;
            GalleryRecord? found = await store.FindGalleryAsync(Name, CancellationToken.None);
            if (changes == _changes)
            {
                _settings = StoreRecords.ToSettings(
                    found ?? throw new GalleryNotFoundException($"There is no gallery '{Name}'."));
            }
        }

        return _settings;
    }

    /// <inheritdoc />
    public async Task<GallerySummary> DescribeAsync()
    {
        GallerySettings settings = await GetAsync();
        PartitionSummary[] partitions = await Task.WhenAll(
            Partitions(settings).Select(partition => partition.DescribeAsync()));
        return new GallerySummary
        {
            Settings = settings,
            Identities = partitions.Sum(partition => partition.Identities),
            Images = partitions.Sum(partition => partition.Images),
            Rows = partitions.Sum(partition => partition.Rows),
            RootHash = Sum(partitions.Select(partition => partition.Hash)),
        };
    }

    /// <inheritdoc />
    public async Task<GallerySummary> DeleteAsync()
    {
        GallerySummary summary = await DescribeAsync();
        bool deleted = await committer.RunAsync(writer => writer.DeleteGallery(summary.Settings.Number));
        _changes++;
        _settings = null;
        await Task.WhenAll(Partitions(summary.Settings).Select(partition => partition.RetireAsync()));
        committer.PurgeDeleted();
        return deleted ? summary : throw new GalleryNotFoundException($"There is no gallery '{Name}'.");
    }

    /// <inheritdoc />
    public async Task<IdentityPage> ListIdentitiesAsync(string? cursor, int limit)
    {
        GallerySettings settings = await GetAsync();
        string? after = string.IsNullOrEmpty(cursor) ? null : IdRules.Require("cursor", cursor);
        return await new IdentityList(store, settings).ReadAsync(after, limit, CancellationToken.None);
    }

    /// <inheritdoc />
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken)
    {
        GallerySettings settings = await GetAsync();
        List<VerificationReport> reports = [];
        foreach (IPartitionGrain[] some in Partitions(settings).Chunk(VerifiedTogether))
        {
            reports.AddRange(await Task.WhenAll(some.Select(partition => partition.VerifyAsync(cancellationToken))));
        }

        return new VerificationReport
        {
            Identities = reports.Sum(report => report.Identities),
            Images = reports.Sum(report => report.Images),
            Hash = Sum(reports.Select(report => report.Hash)),
            Differences = [.. reports.SelectMany(report => report.Differences).Take(100)],
        };
    }

    private static string Sum(IEnumerable<string> hashes) =>
        hashes.Aggregate(default(Hash256), (sum, hash) => sum + Hash256.Parse(hash)).ToString();

    private static void Check(GallerySettings settings)
    {
        if (settings.Dimension is < EmbeddingLimits.MinDimension or > EmbeddingLimits.MaxDimension)
        {
            throw new InvalidRequestException(
                $"The dimension is {settings.Dimension}; it must be {EmbeddingLimits.MinDimension} to "
                + $"{EmbeddingLimits.MaxDimension}.");
        }

        if (settings.Partitions is < 1 or > MaxPartitions)
        {
            throw new InvalidRequestException(
                $"{settings.Partitions} partitions were asked for; it must be 1 to {MaxPartitions}.");
        }

        if (settings.Threshold is { } threshold && !(Math.Abs(threshold) <= 1))
        {
            throw new InvalidRequestException($"The threshold is {threshold}; a score is -1 to 1.");
        }

        if (!(settings.Margin is >= 0 and <= 2))
        {
            throw new InvalidRequestException($"The margin is {settings.Margin}; it must be 0 to 2.");
        }
    }

    private IEnumerable<IPartitionGrain> Partitions(GallerySettings settings) =>
        Enumerable.Range(0, settings.Partitions).Select(partition => GrainFactory.GetGrain<IPartitionGrain>(
            GrainKeys.Partition(settings.Number, settings.Partitions, partition)));
}
