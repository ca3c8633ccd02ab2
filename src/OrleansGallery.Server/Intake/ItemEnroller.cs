using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Takes an image from its bytes to its identity. What may succeed a moment later (a full queue, a partition that
/// moved) is tried again here for a while; that is safe, because an image is enrolled once per id.
/// </summary>
internal sealed class ItemEnroller(
    IGrainFactory grains, ImageEmbedder embedder, IOptions<ServerOptions> options, TimeProvider time)
{
    // A call that was lost with a silo must leave time for others.
    private const int LeastAttempts = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    // What is left after the last pause may be next to nothing.
    private static readonly TimeSpan ShortestAttempt = TimeSpan.FromMilliseconds(1);

    /// <summary>The gallery that images are sent to.</summary>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    public Task<Gallery> FindGalleryAsync(string name) => AskAsync(() => grains.GalleryGrain(name).GetAsync());

    /// <summary>Durable and searchable when it answers.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="item">The image.</param>
    /// <param name="cancellationToken">Gives it up while it is not embedded yet.</param>
    /// <exception cref="ImageConflictException">The id is enrolled with other content.</exception>
    public async Task<EnrolReceipt> EnrolAsync(
        Gallery gallery, ItemToEnrol item, CancellationToken cancellationToken)
    {
        RequireKeepable(gallery, item);
        IIdentityGrain identity = grains.IdentityGrain(gallery, item.Identity);
        if (item.Image is not null
            && await AskAsync(() => identity.FindAsync(item.ImageId, item.ContentHash)) is { } enrolled)
        {
            return Accept(enrolled, item);
        }

        ImageToEnrol image = await EmbedAsync(gallery, item, cancellationToken);
        return Accept(await AskAsync(() => identity.EnrolAsync(image)), item);
    }

    /// <summary>Makes of an item what its identity takes; nothing is written.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="item">The image.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="TooLargeException">The gallery keeps originals, and it is larger than one may be.</exception>
    public async Task<ImageToEnrol> EmbedAsync(
        Gallery gallery, ItemToEnrol item, CancellationToken cancellationToken)
    {
        RequireKeepable(gallery, item);
        bool keeps = gallery.Settings.Keep is not (null or PictureKeep.None);
        EmbeddedImage embedded = item.Image is null
            ? new EmbeddedImage(item.Vector, null)
            : await RetryAsync(
                _ => embedder.EmbedAsync(gallery, item.Image, keeps, EmbeddingPriority.Bulk, cancellationToken),
                cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new ImageToEnrol
        {
            ImageId = item.ImageId,
            Facet = item.Facet,
            ContentHash = item.ContentHash,
            Embedding = embedded.Embedding,
            TakenAt = item.TakenAt,
            Attributes = item.Attributes,
            Picture = embedded.Thumbnail is null ? null : new KeptPicture
            {
                Thumbnail = embedded.Thumbnail,
                Original = gallery.Settings.Keep == PictureKeep.Original ? item.Image : null,
            },
        };
    }

    // It goes to its identity in one message.
    private static void RequireKeepable(Gallery gallery, ItemToEnrol item)
    {
        if (gallery.Settings.Keep == PictureKeep.Original && item.Image?.Length > KeptPicture.MaxOriginalBytes)
        {
            throw new TooLargeException(
                $"The file has {item.Image.Length} bytes; the gallery '{gallery.Name}' keeps originals (keep), of at "
                + $"most {KeptPicture.MaxOriginalBytes}. Send it smaller, or enrol it in a gallery that keeps "
                + "thumbnails.");
        }
    }

    private static EnrolReceipt Accept(EnrolReceipt receipt, ItemToEnrol item) =>
        receipt.Outcome == EnrolOutcome.Conflict
            ? throw new ImageConflictException(item.Identity, item.ImageId)
            : receipt;

    // A call that is not answered is given up for the next one.
    private Task<T> AskAsync<T>(Func<Task<T>> work) => RetryAsync(left =>
    {
        TimeSpan limit = Shorter(options.Value.EnrolTime / LeastAttempts, left);
        return work().WaitAsync(limit > ShortestAttempt ? limit : ShortestAttempt, time);
    });

    // A store without room will not have some in a moment, and without an embedding silo nothing is known of the next
    // one: the sender hears of it at once.
    private async Task<T> RetryAsync<T>(
        Func<TimeSpan, Task<T>> work, CancellationToken cancellationToken = default)
    {
        long start = time.GetTimestamp();
        TimeSpan delay = FirstDelay;
        while (true)
        {
            TimeSpan pause = delay * (0.5 + Random.Shared.NextDouble());
            try
            {
                return await work(options.Value.EnrolTime - time.GetElapsedTime(start));
            }
            catch (Exception exception) when (
                !cancellationToken.IsCancellationRequested
                && time.GetElapsedTime(start) + pause < options.Value.EnrolTime
                && ClusterFailures.Translate(exception) is { Retryable: true }
                    and not (StorageException or NoEmbeddingSiloException or EmbeddingFailedException))
            {
                await Task.Delay(pause, time, cancellationToken);
            }

            delay = Shorter(delay * 2, LongestDelay);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
