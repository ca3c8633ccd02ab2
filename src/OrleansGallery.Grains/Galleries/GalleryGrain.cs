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

    private Gallery? _gallery;
    private int _changes;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public async Task<Gallery> CreateAsync(Gallery gallery)
    {
        Check(gallery);
        GalleryRecord record = StoreRecords.ToRecord(gallery with { Name = Name, CreatedAt = time.GetUtcNow() });
        GalleryRecord created = await committer.RunAsync(writer => writer.CreateGallery(record))
            ?? throw new GalleryExistsException($"There is a gallery '{Name}' already.");
        _changes++;
        return _gallery = StoreRecords.ToGallery(created);
    }

    /// <inheritdoc />
    public async Task<Gallery> GetAsync()
    {
        while (_gallery is null)
        {
            int changes = _changes;
            GalleryRecord? found = await store.FindGalleryAsync(Name, CancellationToken.None);
            if (changes == _changes)
            {
                _gallery = StoreRecords.ToGallery(
                    found ?? throw new GalleryNotFoundException($"There is no gallery '{Name}'."));
            }
        }

        return _gallery;
    }

    /// <inheritdoc />
    public async Task<GallerySummary> DescribeAsync()
    {
        Gallery gallery = await GetAsync();
        PartitionSummary[] partitions = await Task.WhenAll(
            Partitions(gallery).Select(partition => partition.DescribeAsync()));
        return new GallerySummary
        {
            Gallery = gallery,
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
        bool deleted = await committer.RunAsync(writer => writer.DeleteGallery(summary.Gallery.Number));
        _changes++;
        _gallery = null;
        await Task.WhenAll(Partitions(summary.Gallery).Select(partition => partition.RetireAsync()));
        committer.PurgeDeleted();
        return deleted ? summary : throw new GalleryNotFoundException($"There is no gallery '{Name}'.");
    }

    /// <inheritdoc />
    public async Task<IdentityPage> ListIdentitiesAsync(string? cursor, int limit)
    {
        Gallery gallery = await GetAsync();
        string? after = string.IsNullOrEmpty(cursor) ? null : IdRules.Require("cursor", cursor);
        return await new IdentityList(store, gallery).ReadAsync(after, limit, CancellationToken.None);
    }

    /// <inheritdoc />
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken)
    {
        Gallery gallery = await GetAsync();
        List<VerificationReport> reports = [];
        foreach (IPartitionGrain[] some in Partitions(gallery).Chunk(VerifiedTogether))
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

    private static void Check(Gallery gallery)
    {
        if (gallery.Dimension is < EmbeddingLimits.MinDimension or > EmbeddingLimits.MaxDimension)
        {
            throw new InvalidRequestException(
                $"The dimension is {gallery.Dimension}; it must be {EmbeddingLimits.MinDimension} to "
                + $"{EmbeddingLimits.MaxDimension}.");
        }

        if (gallery.Partitions is < 1 or > MaxPartitions)
        {
            throw new InvalidRequestException(
                $"{gallery.Partitions} partitions were asked for; it must be 1 to {MaxPartitions}.");
        }

        if (gallery.Settings.FindFault() is { } fault)
        {
            throw new InvalidRequestException(fault);
        }
    }

    private IEnumerable<IPartitionGrain> Partitions(Gallery gallery) =>
        Enumerable.Range(0, gallery.Partitions).Select(partition => GrainFactory.GetGrain<IPartitionGrain>(
            GrainKeys.Partition(gallery.Number, gallery.Partitions, partition)));
}
