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

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/galleries/{gallery}/images:ingest", IngestAsync)
            .Takes<IngestItem>(ContentType).Produces<IngestAck>(200, ContentType).WithName("ingest")
            .WithDescription(
                "One JSON item per line in, one JSON ack per line out, in the order of the lines, each when its item is "
                + "durable and searchable. A refused line never stops the stream.");

    private static async Task IngestAsync(
        string gallery,
        HttpContext context,
        IGrainFactory grains,
        ItemEnroller enroller,
        IOptions<ServerOptions> options,
        IHostApplicationLifetime lifetime,
        ILogger<IngestSession> logger)
    {
        Unbind(context.Features);
        GallerySettings settings = await grains.GalleryGrain(gallery).GetAsync();
        context.Response.ContentType = ContentType;
        PipeReader body = context.Request.BodyReader;
        // A shutdown ends the reading; what was read is answered, and the client sends the rest to the next process.
        using CancellationTokenRegistration stop =
            lifetime.ApplicationStopping.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), body);
        IngestSession session = new(settings, enroller, options.Value, logger);
        await session.RunAsync(body, context.Response.BodyWriter, context.RequestAborted);
    }

    /// <summary>
    /// Takes away the limits of ordinary requests: a stream is as long as it likes (each line has a limit), a slow source
    /// is no attack, and a client that sends everything before it reads lets the acks wait.
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
