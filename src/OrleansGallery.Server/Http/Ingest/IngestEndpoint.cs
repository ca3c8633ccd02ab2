using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>The streaming route: NDJSON in, one ack line per item out.</summary>
internal static class IngestEndpoint
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>How long a service that stops waits for whoever is at the other end of a stream.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SkipTime = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/images:ingest", IngestAsync).WithName("ingest")
            .WithSummary("Enrols a stream of images or embeddings.")
            .Takes(ImageExamples.Item, ContentType).Gives(ImageExamples.Ack, 200, ContentType)
            .Repeats("It changes nothing: what was enrolled is answered as `duplicate`.")
            .Fails(ErrorCodes.GalleryNotFound)
            .WithMetadata(new StreamedBodyMark())
            .WithDescription(
                "One JSON item per line in, one JSON ack per line out, in the order of the lines, each when its item "
                + "is durable and searchable. A refused line never stops the stream; a key that is revoked meanwhile "
                + "does, with an ack of the code `unauthorized`.");

    private static async Task IngestAsync(
        string gallery,
        HttpContext context,
        ItemEnroller enroller,
        IOptions<ServerOptions> options,
        KnownKeys keys,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        ServerInstruments instruments,
        ILogger<IngestSession> logger)
    {
        Unbind(context.Features);
        Gallery found = await enroller.FindGalleryAsync(gallery);
        context.Response.ContentType = ContentType;
        PipeReader body = context.Request.BodyReader;
        // A shutdown ends the reading; what was read is answered, and the client sends the rest to the next process.
        using CancellationTokenRegistration stop = lifetime.ApplicationStopping.UnsafeRegister(
            static reader => ((PipeReader)reader!).CancelPendingRead(), body);
        StreamKey key = new(
            Caller.Of(context), keys, time, KeyRole.Write, "this line and all after it were not read");
        IngestSession session = new(
            found, enroller, options.Value, key, AuditNote.Of(context), instruments, logger);
        if (!await session.RunAsync(body, context.Response.BodyWriter, context.RequestAborted))
        {
            await LeaveAsync(context, body, lifetime.ApplicationStopping.IsCancellationRequested ? StopTime : SkipTime);
        }
    }

    /// <summary>
    /// Ends the answer and throws away what still comes of the body, for a while: a client that sends all of it before
    /// it reads would lose its acks if the connection were closed on it.
    /// </summary>
    private static async Task LeaveAsync(HttpContext context, PipeReader body, TimeSpan patience)
    {
        Task answered = context.Response.CompleteAsync();
        using CancellationTokenSource limit = new(patience);
        if (!await SkipAsync(body, limit.Token))
        {
            context.Abort();
        }

        await answered;
    }

    private static async Task<bool> SkipAsync(PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                ReadResult result = await body.ReadAsync(cancellationToken);
                body.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted || result.IsCanceled)
                {
                    return result.IsCompleted;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// Takes away the limits of ordinary requests: a stream is as long as it likes (each line has a limit), a slow
    /// source is no attack, and a client that sends everything before it reads lets the acks wait.
    /// </summary>
    private static void Unbind(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate)
        {
            requestRate.MinDataRate = null;
        }

        if (features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate)
        {
            responseRate.MinDataRate = null;
        }
    }
}
