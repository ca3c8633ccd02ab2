using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Answers requests for events.</summary>
internal sealed class EventAnswers(
    FeedReader feeds, EventStreams streams, KnownKeys keys, IHostApplicationLifetime lifetime, TimeProvider time,
    ServerInstruments instruments)
{
    /// <summary>Begins a feed, and then the answer, which ends with the feed.</summary>
    public async Task WriteAsync(HttpContext context, string gallery, WatchRequest request)
    {
        using IDisposable stream = streams.Open(Caller.Of(context)?.KeyId);
        GalleryFeed feed = await feeds.BeginAsync(gallery, request, context.RequestAborted);
        AuditNote.Of(context)?.Begin();
        context.Response.ContentType = EventEndpoints.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        // A proxy that gathers answers would gather for ever.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        StreamKey key = new(Caller.Of(context), keys, time, KeyRole.Read, "the stream ends");
        await new EventSession(context, feed, key, time, instruments).RunAsync(lifetime.ApplicationStopping);
    }
}
