using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Notes who wrote what and what became of it, and searches where that is wanted, in the log's category
/// <see cref="Category"/> and in a file. Requests without a known key are not noted: anybody could fill the trail with
/// them.
/// </summary>
internal sealed partial class AuditTrail(
    RequestDelegate next, AuditFile file, IOptions<ServerOptions> options, ILoggerFactory loggers, TimeProvider time)
{
    public const string Category = "OrleansGallery.Audit";
    public const string RequestIdHeader = "X-Request-Id";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint route || route.Metadata.GetMetadata<GalleryRouteMark>() is null)
        {
            await next(context);
            return;
        }

        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;
        Activity.Current?.SetTag("gallery.request.id", context.TraceIdentifier);
        if (!IsNoted(route, context.Request.Method))
        {
            await next(context);
            return;
        }

        long start = time.GetTimestamp();
        try
        {
            await next(context);
            Note(context, route, start, context.Response.StatusCode, code: null);
        }
        catch (Exception exception)
        {
            Failure failure = ErrorMapping.Of(exception);
            bool isGone = context.RequestAborted.IsCancellationRequested;
            Note(context, route, start, isGone ? ErrorMapping.ClientGone : failure.Status, failure.Code);
            throw;
        }
    }

    private bool IsNoted(RouteEndpoint route, string method) =>
        (file.IsOpen || _logger.IsEnabled(LogLevel.Information))
        && (KeyNeed.Of(route.Metadata).Role > KeyRole.Read
            || (options.Value.AuditSearches && !HttpMethods.IsGet(method)));

    private void Note(HttpContext context, RouteEndpoint route, long start, int status, string? code)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            return;
        }

        RouteValueDictionary values = context.Request.RouteValues;
        AuditEntry entry = new()
        {
            Time = time.GetUtcNow(),
            RequestId = context.TraceIdentifier,
            KeyId = Caller.Of(context)?.KeyId,
            Method = context.Request.Method,
            Route = route.RoutePattern.RawText ?? string.Empty,
            Gallery = values["gallery"] as string,
            Subject = (values["identity"] ?? values["operation"] ?? values["key"]) as string,
            Status = status,
            Code = code,
            Milliseconds = Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 3),
        };
        file.Write(entry);
        Log.Noted(
            _logger, entry.KeyId, entry.Method, entry.Route, entry.Gallery, entry.Subject, status, code,
            entry.RequestId);
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information,
            "Key {KeyId}: {Method} {Route}, gallery {Gallery}, subject {Subject}: {Status} {Code} ({RequestId})")]
        public static partial void Noted(
            ILogger logger, string? keyId, string method, string route, string? gallery, string? subject, int status,
            string? code, string requestId);
    }
}
