using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Notes who wrote what and what became of it, and searches where that is wanted, in the log's category
/// <see cref="Category"/> and in a file. Where keys are asked for, requests without a known one are not noted: anybody
/// could fill the trail with them.
/// </summary>
internal sealed class AuditTrail(
    RequestDelegate next, AuditBook book, IOptions<ServerOptions> options, TimeProvider time)
{
    public const string Category = "OrleansGallery.Audit";
    public const string RequestIdHeader = "X-Request-Id";

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
        AuditNote note = new(() => Write(context, EntryOf(context, route)));
        context.Features.Set(note);
        try
        {
            await next(context);
            Write(context, End(context.Response.StatusCode, code: null));
        }
        catch (Exception exception)
        {
            Failure failure = ErrorMapping.Of(exception);
            bool isGone = context.RequestAborted.IsCancellationRequested;
            Write(context, End(isGone ? ErrorMapping.ClientGone : failure.Status, failure.Code));
            throw;
        }

        AuditEntry End(int status, string? code) => note.AddTo(EntryOf(context, route)) with
        {
            Status = status,
            Code = code,
            Milliseconds = Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 3),
        };
    }

    private bool IsNoted(RouteEndpoint route, string method) =>
        book.IsOpen
        && (KeyNeed.Of(route.Metadata).Role > KeyRole.Read
            || (options.Value.AuditSearches && !HttpMethods.IsGet(method)));

    private void Write(HttpContext context, AuditEntry entry)
    {
        if (Caller.Of(context) is not null || !options.Value.AsksForKeys)
        {
            book.Write(entry);
        }
    }

    private AuditEntry EntryOf(HttpContext context, RouteEndpoint route)
    {
        RouteValueDictionary values = context.Request.RouteValues;
        return new AuditEntry
        {
            Time = time.GetUtcNow(),
            RequestId = context.TraceIdentifier,
            KeyId = Caller.Of(context)?.KeyId,
            Method = context.Request.Method,
            Route = route.RoutePattern.RawText ?? string.Empty,
            Gallery = values["gallery"] as string,
            Subject = (values["identity"] ?? values["operation"] ?? values["key"]) as string,
            Image = values["image"] as string,
        };
    }
}
