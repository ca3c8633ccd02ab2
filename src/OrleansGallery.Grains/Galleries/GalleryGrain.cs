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
            if (changes == _changes)
            {
                _gallery = StoreRecords.ToGallery(
                    found ?? throw NotFound());
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
    public async Task<GallerySummary> DescribeAsync()
    {
        Gallery gallery = await GetAsync();
        IReadOnlyList<PartitionState> partitions =
            await store.ReadPartitionsAsync(gallery.Number, CancellationToken.None);
        bool keeps = gallery.Settings.Keep is not (null or PictureKeep.None);
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
            Identities = [.. read.Take(limit).Select(ToEntry)],
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

    /// <inheritdoc />
    public async Task<CalibrationResponse> CalibrateAsync(CalibrateRequest request, CancellationToken cancellationToken)
    {
        GallerySummary summary = await DescribeAsync();
        CalibrationResponse measured = await calibration.MeasureAsync(summary, request, cancellationToken);
        return request.Apply ? await ApplyAsync(summary.Gallery.Number, measured with { Applied = true }) : measured;
    }

    /// <inheritdoc />
    public async Task<bool> RenewCalibrationAsync(CancellationToken cancellationToken)
    {
        GallerySummary summary = await DescribeAsync();
        if (summary.Gallery.Calibration is not { } old || !old.IsStaleFor(summary.Identities, summary.Images))
        {
            return false;
        }

        CalibrationResponse measured = await calibration.MeasureAsync(
            summary, new CalibrateRequest { Fpir = old.Fpir, Seed = old.Seed }, cancellationToken, isSlow: true);
        // Somebody may have asked for another rate meanwhile.
        if ((await GetAsync()).Calibration?.MeasuredAt != old.MeasuredAt)
        {
            return false;
        }

        await ApplyAsync(summary.Gallery.Number, measured with { Applied = true });
        return true;
    }

    /// <inheritdoc />
    public async Task<CalibrationResponse> GetCalibrationAsync()
    {
        GallerySummary summary = await DescribeAsync();
        GalleryRecord? record = await store.FindGalleryAsync(summary.Gallery.Number, CancellationToken.None);
        CalibrationResponse found = StoreRecords.ToSettings(record ?? throw NotFound()).Calibration
            ?? throw new CalibrationNotFoundException($"Gallery '{Name}' was not calibrated.");
        return found with { Stale = found.IsStaleFor(summary.Identities, summary.Images) };
    }

    /// <summary>An identity as lists show it.</summary>
    internal static IdentityEntry ToEntry(IdentityListing identity) => new()
    {
        IdentityId = identity.IdentityId,
        Version = identity.Version,
        Count = identity.Count,
        Attributes = identity.Attributes.ToDictionary(),
    };

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

    private async Task<CalibrationResponse> ApplyAsync(long number, CalibrationResponse measured)
    {
        GalleryRecord record = await store.FindGalleryAsync(number, CancellationToken.None) ?? throw NotFound();
        string settings = (StoreRecords.ToSettings(record) with
        {
            Threshold = measured.Threshold, Calibration = measured,
        }).ToText();
        bool isStored;
        try
        {
            isStored = await writes.RunAsync(
                writer => writer.PutSettingsAsync(number, record.Settings, settings, CancellationToken.None));
        }
        finally
        {
            // Whatever came of it, the store knows.
            _changes++;
            _gallery = null;
        }

        return isStored
            ? measured
            : throw new RetryException($"The settings of gallery '{Name}' changed meanwhile; ask again.")
            {
                NothingWritten = true,
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
