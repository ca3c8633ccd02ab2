using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Writes a feed as server-sent events. The last event of what was read at once has the position as its id; a
/// comment with the position alone says that the stream lives.</summary>
internal sealed class EventSession(
    HttpContext context, GalleryFeed feed, StreamKey key, TimeProvider time, ServerInstruments instruments)
{
    /// <summary>How long a stream may be silent.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How long a reader may read nothing of what waits for it; then the connection is closed.</summary>
    public static readonly TimeSpan MaxStall = TimeSpan.FromSeconds(20);

    /// <summary>Writes until the reader is gone or the feed is over.</summary>
    /// <param name="stopping">The service stops.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        PipeWriter output = context.Response.BodyWriter;
        CancellationToken aborted = context.RequestAborted;
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        try
        {
            // Whoever is cut off before the first event goes on from here.
            Write(output, $"retry: 1000\nid: {feed.Cursor}\n\n");
            await TryFlushAsync(output, MaxStall, over.Token);
            await foreach (IReadOnlyList<GalleryEvent> events in feed.ReadAsync(Heartbeat, over.Token))
            {
                await key.RequireAsync();
                Write(output, events);
                if (!await TryFlushAsync(output, MaxStall, over.Token))
                {
                    return;
                }

                instruments.OnEventsSent(events.Count);
            }
        }
#pragma warning disable CA1031 // The answer has begun: whatever it is, the stream says it.
        catch (Exception exception) when (!aborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failure failure = ErrorMapping.Of(stopping.IsCancellationRequested
                ? new RetryException("The service stops; connect again with the id of the last event.")
                : exception);
            instruments.OnFailed(failure.Code);
            Write(output, new GalleryEvent { Kind = GalleryEventKind.End, Error = failure.ToErrorBody() });
            Write(output, "\n");
            // A reader that reads nothing does not hold the shutdown up.
            await TryFlushAsync(
                output, stopping.IsCancellationRequested ? IngestEndpoint.StopTime : MaxStall, aborted);
        }
    }

    // False: nobody reads, and the connection is closed.
    private async Task<bool> TryFlushAsync(PipeWriter output, TimeSpan patience, CancellationToken over)
    {
        try
        {
            // The token ends the flush itself: nothing else is written before it has ended.
            Task<FlushResult> flush = output.FlushAsync(over).AsTask();
            return !(await flush.WaitAsync(patience, time, CancellationToken.None)).IsCompleted;
        }
        catch (TimeoutException)
        {
            context.Abort();
            return false;
        }
    }

    private void Write(PipeWriter output, IReadOnlyList<GalleryEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            Write(output, events[i]);
            Write(output, i == events.Count - 1 ? $"id: {feed.Cursor}\n\n" : "\n");
        }

        if (events.Count == 0)
        {
            Write(output, $":\nid: {feed.Cursor}\n\n");
        }
    }

    // JSON of ours has no line breaks.
    private static void Write(PipeWriter output, GalleryEvent one)
    {
        Write(output, "data: ");
        output.Write(JsonSerializer.SerializeToUtf8Bytes(one, GalleryJson.Options));
        Write(output, "\n");
    }

    private static void Write(PipeWriter output, string text) => Encoding.UTF8.GetBytes(text, output);
}
