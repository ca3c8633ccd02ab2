using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Client;

/// <summary>Ingests into a <see cref="FakeService"/>.</summary>
internal static class IngestRun
{
    /// <summary>Four attempts, hardly a pause between them.</summary>
    public static IngestOptions Fast { get; } = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(2), MaxAttempts = 4,
    };

    /// <summary>Vectors of the identities p1, p2 and so on, numbered from 1.</summary>
    public static IEnumerable<IngestItem> Items(int count) => Enumerable.Range(1, count)
        .Select(i => new IngestItem { Seq = i, Identity = $"p{i}", Vector = [i, 1f] });

    /// <summary>Ingests until the answers end.</summary>
    public static async Task<List<IngestAck>> ToEndAsync(
        FakeService service, IEnumerable<IngestItem> items, IngestOptions options)
    {
        using GalleryClient client = service.Client();
        List<IngestAck> acks = [];
        await foreach (IngestAck ack in client.IngestAsync(
            "g", items.ToAsyncEnumerable(), options, TestContext.Current.CancellationToken))
        {
            acks.Add(ack);
        }

        return acks;
    }
}
