using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>
/// Takes an image from its bytes to its identity. What may succeed a moment later (a full queue, a partition that
/// moved) is tried again here; that is safe, because an image is enrolled once per id.
/// </summary>
internal sealed class ItemEnroller(IGrainFactory grains, ImageEmbedder embedder, IOptions<ServerOptions> options)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    /// <summary>Durable and searchable when it answers.</summary>
    /// <exception cref="ImageConflictException">The id is enrolled with other content.</exception>
    public async Task<EnrolReceipt> EnrolAsync(Gallery gallery, ItemToEnrol item)
    {
        IIdentityGrain identity = grains.IdentityGrain(gallery, item.Identity);
        if (item.Image is not null
            && await RetryAsync(() => identity.FindAsync(item.ImageId, item.ContentHash)) is { } enrolled)
        {
            return Accept(enrolled, item);
        }

        VectorBytes embedding = item.Image is null
            ? item.Vector
            : await RetryAsync(() => embedder.EmbedAsync(
                gallery, item.Image, EmbeddingPriority.Bulk, CancellationToken.None));
        ImageToEnrol image = new()
        {
            ImageId = item.ImageId,
            Facet = item.Facet,
            ContentHash = item.ContentHash,
            Embedding = embedding,
            TakenAt = item.TakenAt,
        };
        return Accept(await RetryAsync(() => identity.EnrolAsync(image)), item);
    }

    private static EnrolReceipt Accept(EnrolReceipt receipt, ItemToEnrol item) =>
        receipt.Outcome == EnrolOutcome.Conflict
            ? throw new ImageConflictException(item.Identity, item.ImageId)
            : receipt;

    // A store without room will not have some in a moment: the sender hears of it at once.
    private async Task<T> RetryAsync<T>(Func<Task<T>> work)
    {
        TimeSpan delay = FirstDelay;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (
                attempt < options.Value.EnrolAttempts
                && ClusterFailures.Translate(exception) is { Retryable: true } and not StorageException)
            {
                await Task.Delay(delay * (0.5 + Random.Shared.NextDouble()));
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }
    }
}
