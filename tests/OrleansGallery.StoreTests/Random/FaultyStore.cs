using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A handle whose calls fail by chance: before anything happened, or after it all did.</summary>
/// <param name="inner">The store.</param>
/// <param name="seed">Of the chance.</param>
/// <param name="rate">The share of calls that fail.</param>
/// <param name="beforeCall">Called before each call with the source of chance; null: nothing is.</param>
public sealed class FaultyStore(IGalleryStore inner, int seed, double rate, Action<Random>? beforeCall = null)
    : IGalleryStore
{
    public int ConcurrentCommits => inner.ConcurrentCommits;

    private readonly Random _random = new(seed);

    public IModelFiles Models => inner.Models;

    public Task<GalleryRecord?> CreateGalleryAsync(
        GalleryRecord gallery, Guid token, CancellationToken cancellationToken) =>
        FailAsync(() => inner.CreateGalleryAsync(gallery, token, cancellationToken));

    public Task<bool> DeleteGalleryAsync(long number, Guid token, CancellationToken cancellationToken) =>
        FailAsync(() => inner.DeleteGalleryAsync(number, token, cancellationToken));

    public Task<bool> PurgeAsync(int rows, CancellationToken cancellationToken) =>
        FailAsync(() => inner.PurgeAsync(rows, cancellationToken));

    public Task<TakenPartition?> TakePartitionAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken) =>
        FailAsync(() => inner.TakePartitionAsync(key, owner, cancellationToken));

    public Task<PartitionPosition?> RetakePartitionAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        FailAsync(() => inner.RetakePartitionAsync(held, cancellationToken));

    public Task<bool> ReleasePartitionAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReleasePartitionAsync(held, cancellationToken));

    public Task<IReadOnlyList<bool>> ConfirmOwnersAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ConfirmOwnersAsync(held, cancellationToken));

    public Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes) =>
        FailAsync(() => inner.CommitAsync(writes));

    public Task<bool> PutSearchBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken) =>
        FailAsync(() => inner.PutSearchBasisAsync(gallery, expectedVersion, basis, cancellationToken));

    public Task CheckWritableAsync(CancellationToken cancellationToken) =>
        FailAsync(() => inner.CheckWritableAsync(cancellationToken));

    public Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken) =>
        FailAsync(() => inner.ListGalleriesAsync(cancellationToken));

    public Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken) =>
        FailAsync(() => inner.FindGalleryAsync(name, cancellationToken));

    public Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken) =>
        FailAsync(() => inner.FindGalleryAsync(number, cancellationToken));

    public Task<long> ReadSearchBasisVersionAsync(long gallery, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadSearchBasisVersionAsync(gallery, cancellationToken));

    public Task<StoredBasis?> ReadSearchBasisAsync(long gallery, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadSearchBasisAsync(gallery, cancellationToken));

    public Task<IReadOnlyList<PartitionState>> ReadPartitionsAsync(
        long gallery, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadPartitionsAsync(gallery, cancellationToken));

    public Task<PartitionState?> ReadPartitionAsync(PartitionKey key, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadPartitionAsync(key, cancellationToken));

    public Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadRowsAsync(key, after, onRow, cancellationToken));

    public Task<IReadOnlyList<StoredRemoval>?> ReadRemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadRemovalsAsync(key, after, cancellationToken));

    public Task AuditPartitionAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken) =>
        FailAsync(() => inner.AuditPartitionAsync(key, audit, cancellationToken));

    public Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadIdentityAsync(key, identityId, cancellationToken));

    public Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        long gallery, string? after, int limit, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ListIdentitiesAsync(gallery, after, limit, cancellationToken));

    public Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
        CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadImagesAsync(key, identityId, after, limit, withEmbeddings, cancellationToken));

    public Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) =>
        FailAsync(() => inner.ReadImageAsync(key, identityId, imageId, cancellationToken));

    public void Dispose() => inner.Dispose();

    private static StoreAwayException Away(bool isOutcomeUnknown) =>
        new(StoreAwayReason.Unreachable, "Away.") { IsOutcomeUnknown = isOutcomeUnknown };

    private async Task<T> FailAsync<T>(Func<Task<T>> call)
    {
        beforeCall?.Invoke(_random);
        (bool fails, int kind) = (_random.NextDouble() < rate, _random.Next(3));
        if (fails && kind < 2)
        {
            throw Away(isOutcomeUnknown: kind == 1);
        }

        T result = await call();
        return fails ? throw Away(isOutcomeUnknown: true) : result;
    }

    private Task<bool> FailAsync(Func<Task> call) => FailAsync(async () =>
    {
        await call();
        return true;
    });
}
