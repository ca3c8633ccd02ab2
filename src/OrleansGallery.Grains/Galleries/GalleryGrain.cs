using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// One gallery by name. Reentrant: the store decides between two that create the same name, and what was read from it
/// is kept only if no creation or deletion came in between.
/// </summary>
[GrainType("gallery.gallery"), RequiresRole(SiloRoles.Gallery), Reentrant]
internal sealed partial class GalleryGrain(
    IGalleryStore store, StoreWrites writes, StoreUpkeep upkeep, PartitionVerifier verifier,
    GalleryCalibration calibration, SiloRoster roster, SiloPartitionsClient silos, TimeProvider time,
    ILogger<GalleryGrain> logger) : Grain, IGalleryGrain
{
    private const int VerifiedTogether = 2;

    private Gallery? _gallery;
    private int _changes;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public async Task<Gallery> CreateAsync(Gallery gallery)
    {
        Check(gallery);
        GalleryRecord record = StoreRecords.ToRecord(gallery with { Name = Name, CreatedAt = time.GetUtcNow() });
        Guid token = Guid.NewGuid();
        GalleryRecord created =
            await writes.RunAsync(writer => writer.CreateGalleryAsync(record, token, CancellationToken.None))
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
            Gallery? read = found is null ? null : StoreRecords.ToGallery(found);
            if (read?.Calibration is not null)
            {
                read = Mark(read, await store.ReadPartitionsAsync(read.Number, CancellationToken.None));
            }

            if (changes == _changes)
            {
                _gallery = read ?? throw NotFound();
            }
        }

        return _gallery;
    }

    /// <inheritdoc />
    public async Task<OperationReceipt> GetOperationAsync(string operationId) =>
        OperationRecords.ToReceipt(await ReadOperationAsync(operationId));

    /// <inheritdoc />
    public async Task<ErasureReceipt> GetErasureAsync(string operationId) =>
        OperationRecords.ToErasure(await ReadOperationAsync(operationId));

    /// <inheritdoc />
    public Task<GallerySummary> DescribeAsync() => DescribeAsync(withPictures: true);

    /// <inheritdoc />
    public async Task<GallerySummary> DeleteAsync()
    {
        GallerySummary summary = await DescribeAsync();
        long number = summary.Gallery.Number;
        Guid token = Guid.NewGuid();
        bool deleted = await writes.RunAsync(
            writer => writer.DeleteGalleryAsync(number, token, CancellationToken.None));
        _changes++;
        _gallery = null;
        await Task.WhenAll(roster.Current.GallerySilos.Select(silo => RetireAsync(silo.Address, number)));
        upkeep.PurgeSoon();
        return deleted ? summary : throw NotFound();
    }

    /// <inheritdoc />
    public async Task<IdentityPage> ListIdentitiesAsync(string? cursor, int limit)
    {
        Gallery gallery = await GetAsync();
        string? after = string.IsNullOrEmpty(cursor) ? null : IdRules.Require("cursor", cursor);
        IReadOnlyList<IdentityListing> read = await store.ListIdentitiesAsync(
            gallery.Number, after, limit + 1, CancellationToken.None);
        return new IdentityPage
        {
            Identities = [.. read.Take(limit).Select(StoreRecords.ToEntry)],
            Next = read.Count > limit ? read[limit - 1].IdentityId : null,
        };
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<IdentitySpellings>> FindSpellingsAsync(CancellationToken cancellationToken) =>
        await new SpellingSearch(store, (await GetAsync()).Number)
            .RunAsync(IdentitySpellings.MaxNames + 1, cancellationToken);

    /// <inheritdoc />
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken)
    {
        Gallery gallery = await GetAsync();
        List<VerificationReport> reports = [];
        foreach (int[] some in Enumerable.Range(0, gallery.Partitions).Chunk(VerifiedTogether))
        {
            reports.AddRange(await Task.WhenAll(some.Select(partition => verifier.VerifyAsync(
                new PartitionKey(gallery.Number, partition), gallery, cancellationToken))));
        }

        return new VerificationReport
        {
            Identities = reports.Sum(report => report.Identities),
            Images = reports.Sum(report => report.Images),
            Hash = Sum(reports.Select(report => Hash256.Parse(report.Hash))),
            Differences = [.. reports.SelectMany(report => report.Differences).Take(100)],
        };
    }

    private static string Sum(IEnumerable<Hash256> hashes) =>
        hashes.Aggregate(default(Hash256), (sum, hash) => sum + hash).ToString();

    private static void Check(Gallery gallery)
    {
        if (gallery.Dimension is < EmbeddingLimits.MinDimension or > EmbeddingLimits.MaxDimension)
        {
            throw new InvalidRequestException(
                $"The dimension is {gallery.Dimension}; it must be {EmbeddingLimits.MinDimension} to "
                + $"{EmbeddingLimits.MaxDimension}.");
        }

        if (gallery.Partitions is < 1 or > IdentitySlot.Slots)
        {
            throw new InvalidRequestException(
                $"{gallery.Partitions} partitions were asked for; it must be 1 to {IdentitySlot.Slots}.");
        }

        if (gallery.Settings.FindFault() is { } fault)
        {
            throw new InvalidRequestException(fault);
        }
    }

    // Adding up what its pictures take reads a line of each.
    private async Task<GallerySummary> DescribeAsync(bool withPictures)
    {
        Gallery known = await GetAsync();
        IReadOnlyList<PartitionState> partitions =
            await store.ReadPartitionsAsync(known.Number, CancellationToken.None);
        Gallery gallery = Mark(known, partitions);
        if (ReferenceEquals(_gallery, known))
        {
            _gallery = gallery;
        }

        bool keeps = withPictures && gallery.Settings.Keep is not (null or PictureKeep.None);
        return partitions.Count == 0
            ? throw NotFound()
            : new GallerySummary
            {
                Gallery = gallery,
                Identities = partitions.Sum(partition => partition.Totals.Identities),
                Images = partitions.Sum(partition => partition.Totals.Images),
                Rows = partitions.Sum(partition => partition.Totals.Rows),
                RootHash = Sum(partitions.Select(partition => partition.Totals.Hash)),
                PictureBytes = keeps ? await store.ReadPictureBytesAsync(gallery.Number, CancellationToken.None) : 0,
            };
    }

    private async Task<StoredOperation> ReadOperationAsync(string operationId) =>
        await store.ReadOperationAsync((await GetAsync()).Number, operationId, CancellationToken.None)
        ?? throw OperationRecords.NotFound(operationId);

    private GalleryNotFoundException NotFound() => new($"There is no gallery '{Name}'.");

    // One that does not hear it hears from the store that its commits count no more.
    private async Task RetireAsync(SiloAddress silo, long number)
    {
        try
        {
            await silos.On(silo).RetireAsync(number);
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
            Log.NotRetired(logger, silo, number, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Silo {Silo} did not hear that gallery {Gallery} was deleted")]
        public static partial void NotRetired(ILogger logger, SiloAddress silo, long gallery, Exception exception);
    }
}
