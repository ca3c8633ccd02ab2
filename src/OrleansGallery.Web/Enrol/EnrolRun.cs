using System.Diagnostics;
using System.Runtime.CompilerServices;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>Enrols a plan's images as one stream, and counts what becomes of them.</summary>
/// <param name="client">The service.</param>
/// <param name="gallery">The gallery.</param>
/// <param name="images">What is enrolled.</param>
/// <param name="read">The bytes of a file, by its place in the browser's list.</param>
public sealed class EnrolRun(
    GalleryClient client,
    string gallery,
    IReadOnlyList<PlannedImage> images,
    Func<int, CancellationToken, Task<byte[]>> read)
{
    // Files come over the page's own connection, one after the other: more of them ahead would only fill memory.
    private static readonly IngestOptions Narrow = new()
    {
        MaxBatchItems = 32, MaxItemsInFlight = 128, MaxBytesInFlight = 32 * 1024 * 1024,
    };

    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = new();
    private readonly List<NotEnrolled> _failures = [];

    public int Total => images.Count;

    public int Enrolled { get; private set; }

    public int Duplicates { get; private set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    public int Done => Enrolled + Duplicates + Failures.Count;

    public double PerSecond => Done / Math.Max(_watch.Elapsed.TotalSeconds, 0.001);

    public IReadOnlyList<NotEnrolled> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures];
            }
        }
    }

    /// <exception cref="GalleryApiException">The service refused the stream as a whole.</exception>
    /// <exception cref="OperationCanceledException">The reader stopped it; what was counted is enrolled.</exception>
    public async Task RunAsync(string? facet, Func<Task> progressed, CancellationToken cancellationToken)
    {
        _watch.Restart();
        try
        {
            IAsyncEnumerable<IngestItem> items = ReadAllAsync(facet, cancellationToken);
            await foreach (IngestAck ack in client.IngestAsync(gallery, items, Narrow, cancellationToken))
            {
                Count(ack);
                await progressed();
            }
        }
        finally
        {
            _watch.Stop();
        }
    }

    private void Count(IngestAck ack)
    {
        switch (ack.Status)
        {
            case EnrolStatus.Searchable or EnrolStatus.Stored:
                Enrolled++;
                break;
            case EnrolStatus.Duplicate:
                Duplicates++;
                break;
            default:
                string path = images[(int)ack.Seq].Path;
                Add(new NotEnrolled(path, ack.Error?.Code ?? "conflict", ack.Error?.Message
                    ?? "An image of this id is enrolled with other content."));
                break;
        }
    }

    private async IAsyncEnumerable<IngestItem> ReadAllAsync(
        string? facet, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < images.Count; i++)
        {
            byte[] bytes;
            try
            {
                bytes = await read(images[i].Place, cancellationToken);
            }
            catch (IOException exception)
            {
                Add(new NotEnrolled(images[i].Path, "unreadable", exception.Message));
                continue;
            }

            yield return new IngestItem
            {
                Seq = i,
                Identity = images[i].Identity,
                Facet = string.IsNullOrWhiteSpace(facet) ? null : facet,
                Image = bytes,
            };
        }
    }

    private void Add(NotEnrolled failure)
    {
        lock (_lock)
        {
            _failures.Add(failure);
        }
    }
}
