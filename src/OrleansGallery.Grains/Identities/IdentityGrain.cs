using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// One identity. Reentrant, so that the images that arrive during a commit share the next one: all state is in the
/// ledger, which has one commit in flight and changes its state only between commits. It leaves memory soon after a
/// minute without a call: at 10 KB and more each, those of a million enrolments in a row would take more than their
/// rows, and what one knows is a single read away.
/// </summary>
[GrainType("gallery.identity"), ByPartition, RequiresRole(SiloRoles.Gallery), Reentrant]
[CollectionAgeLimit(Minutes = 1.25)]
internal sealed partial class IdentityGrain(
    IGalleryStore store, StoreWrites writes, StoreUpkeep upkeep, GrainsInstruments instruments,
    PartitionPlaces places, ActiveIdentities active, ILocalSiloDetails silo, IOptions<CommitterOptions> committing,
    TimeProvider time)
    : Grain, IIdentityGrain, IIncomingGrainCallFilter
{
    private const int DispersionImages = 1000;
    private const int ReadAttempts = 4;

    private IdentityLedger _ledger = null!;
    private IdentityTransfer _transfer = null!;
    private IdentityErasure _erasure = null!;
    private ActiveIdentity _activity = null!;
    private PartitionKey _key;
    private string _identityId = string.Empty;
    private bool _isMoving;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (long gallery, int partitions, int partition, _identityId) = GrainKeys.Parse(this.GetPrimaryKeyString());
        _key = new PartitionKey(gallery, partition);
        IPartitionGrain home = GrainFactory.PartitionGrain(gallery, partitions, partition);
        IdentityHome stored = new(home, store, _key, _identityId, instruments);
        _ledger = new IdentityLedger(_identityId, stored);
        _erasure = new IdentityErasure(home, stored, store, writes, _key);
        _transfer = new IdentityTransfer(GrainFactory, store, instruments, _key, partitions);
        _activity = new ActiveIdentity(DeactivateOnIdle);
        active.Add(_activity);
        return Task.CompletedTask;
    }

    /// <summary>It stays in memory while it is called: one that is told to leave keeps all later calls waiting.
    /// </summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        _activity.Enter();
        try
        {
            await context.Invoke();
        }
        finally
        {
            _activity.Leave();
        }
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _activity?.Forget();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<EnrolReceipt> EnrolAsync(ImageToEnrol image) => RunAsync(new EnrolOperation(image));

    /// <inheritdoc />
    public Task<EnrolReceipt?> FindAsync(string imageId, byte[] contentHash) =>
        RunAsync(new FindOperation(imageId, contentHash));

    /// <inheritdoc />
    public Task<RemovalReceipt> RemoveImageAsync(string imageId) => RemoveAsync(new RemoveOperation(imageId));

    /// <inheritdoc />
    public Task<RemovalReceipt> DeleteAsync() => RemoveAsync(new RemoveOperation(null));

    /// <inheritdoc />
    public Task<AttributesReceipt> SetAttributesAsync(AttributesRequest request) =>
        RunAsync(new AttributesOperation(request));

    /// <inheritdoc />
    public async Task<IdentitySnapshot> GetAsync(bool withDispersion)
    {
        IdentitySnapshot snapshot = await RunAsync(new ReadOperation());
        if (snapshot.Count == 0)
        {
            throw new IdentityNotFoundException($"There is no identity '{_identityId}'.");
        }

        return withDispersion && snapshot.Centroid is { } centroid
            ? await WithDispersionAsync(snapshot, centroid)
            : snapshot;
    }

    /// <inheritdoc />
    public async Task<EnrolledImage> GetImageAsync(string imageId) =>
        StoreRecords.ToEnrolled(await store.ReadImageAsync(_key, _identityId, imageId, CancellationToken.None)
            ?? throw new ImageNotFoundException($"Identity '{_identityId}' has no image '{imageId}'."));

    /// <inheritdoc />
    public async Task<KeptFile> GetPictureAsync(string imageId, bool original)
    {
        PictureKind kind = original ? PictureKind.Original : PictureKind.Thumbnail;
        if (await store.ReadPictureAsync(_key, _identityId, imageId, kind, CancellationToken.None) is { } file)
        {
            return new KeptFile { Bytes = file.Bytes, Hash = file.Hash };
        }

        await GetImageAsync(imageId);
        throw new PictureNotFoundException(
            $"No {(original ? "original" : "thumbnail")} of image '{imageId}' of identity '{_identityId}' is kept.");
    }

    /// <inheritdoc />
    public Task<ImagePage> ListImagesAsync(string? after, int limit) =>
        ReadPageAsync(after, limit, withEmbeddings: false);

    /// <inheritdoc />
    public Task<ImagePage> ListEmbeddingsAsync(string? after, int limit) =>
        ReadPageAsync(after, limit, withEmbeddings: true);

    /// <inheritdoc />
    public async Task<IdentityInsight> ExplainAsync(string? after, int limit, VectorBytes? compared)
    {
        (long version, IdentityCentroid sums, IReadOnlyList<StoredImage> images) =
            await ReadAtOneVersionAsync(after, limit + 1, _ => { }, CancellationToken.None);
        return StoreRecords.ToInsight(version, sums, images, limit, compared?.Components.ToArray());
    }

    /// <inheritdoc />
    public Task<SplitProposal> ProposeSplitAsync(CancellationToken cancellationToken) => SplitPlan.Turns.RunAsync(
        async () =>
        {
            (long version, _, IReadOnlyList<StoredImage> images) = await ReadAtOneVersionAsync(
                null, SplitProposal.MaxImages, count => SplitPlan.Require(_identityId, count), cancellationToken);
            return await SplitPlan.MakeAsync(_identityId, version, images);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<OperationReceipt> TransferAsync(TransferRequest request) => request.TargetId == _identityId
        ? throw new InvalidRequestException($"Identity '{_identityId}' cannot give images to itself.")
        : RunAsync(new TransferOperation(TransferOrder.Of(_identityId, request), _transfer));

    /// <inheritdoc />
    public async Task<OperationReceipt> UndoAsync(UndoRequest request)
    {
        // What was done already is answered though what it undid is forgotten by now.
        StoredOperation? done = await ReadOperationAsync(request.OperationId);
        StoredOperation? undone = done is null ? await ReadOperationAsync(request.UndoneId) : null;
        OperationReceipt receipt = OperationRecords.ToReceipt(
            done ?? undone ?? throw OperationRecords.NotFound(request.UndoneId));
        if (undone is not null && receipt.Target.IdentityId != _identityId)
        {
            throw new InvalidRequestException(
                $"Operation '{request.UndoneId}' gave its images to '{receipt.Target.IdentityId}'.");
        }

        string targetId = undone is null ? receipt.Target.IdentityId : receipt.Source.IdentityId;
        TransferOrder order = TransferOrder.Of(request, undone, targetId, time.GetUtcNow());
        return await RunAsync(new TransferOperation(order, _transfer));
    }

    /// <inheritdoc />
    public async Task<ErasureReceipt> EraseAsync(EraseRequest request)
    {
        ErasureReceipt receipt = await RunAsync(new EraseOperation(request, _erasure));
        await _erasure.EmptyLogAsync(receipt);
        return receipt;
    }

    /// <inheritdoc />
    public Task ForgetAsync()
    {
        _ledger.Forget();
        return Task.CompletedTask;
    }

    private async Task<ImagePage> ReadPageAsync(string? after, int limit, bool withEmbeddings)
    {
        IReadOnlyList<StoredImage> images = await store.ReadImagesAsync(
            _key, _identityId, after, limit + 1, withEmbeddings, CancellationToken.None);
        if (images.Count == 0 && string.IsNullOrEmpty(after))
        {
            throw new IdentityNotFoundException($"There is no identity '{_identityId}'.");
        }

        return new ImagePage
        {
            Images = [.. images.Take(limit).Select(StoreRecords.ToEnrolled)],
            Next = images.Count > limit ? images[limit - 1].ImageId : null,
        };
    }

    // What it left behind is not to lie there until the store's next round.
    private async Task<RemovalReceipt> RemoveAsync(RemoveOperation operation)
    {
        RemovalReceipt receipt = await RunAsync(operation);
        if (operation.IsGone)
        {
            upkeep.PurgeSoon();
        }

        return receipt;
    }

    // An identity follows its partition: what is under way ends here, the next call finds it there.
    private Task<T> RunAsync<T>(LedgerOperation<T> operation)
    {
        if (!_isMoving && places.Find(_key)?.Silo is { } home && !home.Equals(silo.SiloAddress))
        {
            _isMoving = true;
            this.MigrateTo(home);
        }

        return _ledger.RunAsync(operation);
    }

    private async Task<(long Version, IdentityCentroid Sums, IReadOnlyList<StoredImage> Images)> ReadAtOneVersionAsync(
        string? after, int limit, Action<long> require, CancellationToken cancellationToken)
    {
        (long version, IdentityCentroid sums) = await RunAsync(new SumsOperation());
        for (int attempt = 1; attempt <= ReadAttempts; attempt++)
        {
            if (sums.Count == 0)
            {
                throw new IdentityNotFoundException($"There is no identity '{_identityId}'.");
            }

            require(sums.Count);
            IReadOnlyList<StoredImage> images = await store.ReadImagesAsync(
                _key, _identityId, after, limit, withEmbeddings: true, cancellationToken);
            (long now, IdentityCentroid next) = await RunAsync(new SumsOperation());
            if (now == version)
            {
                return (version, sums, images);
            }

            (version, sums) = (now, next);
        }

        throw new RetryException(
            $"Identity '{_identityId}' changed {ReadAttempts} times while it was read; ask again.");
    }

    private Task<StoredOperation?> ReadOperationAsync(string operationId) =>
        store.ReadOperationAsync(_key.Gallery, operationId, CancellationToken.None);

    private async Task<IdentitySnapshot> WithDispersionAsync(IdentitySnapshot snapshot, VectorBytes centroid)
    {
        IReadOnlyList<StoredImage> images = await store.ReadImagesAsync(
            _key, _identityId, null, DispersionImages, withEmbeddings: true, CancellationToken.None);
        if (images.Count == 0)
        {
            return snapshot;
        }

        float[][] units = [.. images.Select(
            image => QueryVector.Normalize(new VectorBytes(image.Embedding!).Components))];
        return snapshot with
        {
            Dispersion = Dispersion.OfUnits(units, centroid.Components.ToArray()),
            MeanImage = VectorBytes.From(
                [.. Enumerable.Range(0, centroid.Dimension).Select(i => (float)units.Average(unit => unit[i]))]),
        };
    }
}
