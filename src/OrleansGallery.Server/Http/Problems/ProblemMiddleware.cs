using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Answers every failed request with problem details, whether it threw or only has a status.</summary>
internal sealed partial class ProblemMiddleware(
    RequestDelegate next, ServerInstruments instruments, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ErrorMapping.ClientGone;
            }

            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Failure failure = ErrorMapping.Of(exception);
            if (failure.Code == ErrorCodes.Internal)
            {
                Log.Failed(logger, exception, context.Request.Method, context.Request.Path);
            }

            await WriteAsync(context, failure);
            return;
        }

        if (!context.Response.HasStarted
            && context.Response is { StatusCode: >= 400, ContentType: null } and not { ContentLength: > 0 })
        {
            int status = context.Response.StatusCode;
            string message = status switch
            {
                StatusCodes.Status404NotFound => $"There is no path '{context.Request.Path}' in this service.",
                StatusCodes.Status405MethodNotAllowed =>
                    $"'{context.Request.Path}' takes {context.Response.Headers.Allow}, not {context.Request.Method}.",
                _ => ReasonPhrases.GetReasonPhrase(status),
            };
            await WriteAsync(context, ErrorMapping.OfStatus(status, message));
        }
    }

    // A queue is worked off in a moment; room on a disk is made by somebody.
    private static string? RetryAfter(Failure failure) => failure.Status switch
    {
        _ when failure.RetryAfter is { } pause =>
            Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            or StatusCodes.Status504GatewayTimeout => "1",
        StatusCodes.Status507InsufficientStorage when failure.Retryable => "60",
        _ => null,
    };

    private Task WriteAsync(HttpContext context, Failure failure)
    {
        instruments.OnFailed(failure.Code);
        context.Response.StatusCode = failure.Status;
        if (RetryAfter(failure) is { } pause)
        {
            context.Response.Headers.RetryAfter = pause;
        }

        if (failure.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"gallery\"";
        }

        Problem problem = new()
        {
            Type = $"urn:gallery:{failure.Code}",
            Title = ReasonPhrases.GetReasonPhrase(failure.Status),
            Status = failure.Status,
            Detail = failure.Message,
            Code = failure.Code,
            Retryable = failure.Retryable,
        };
        return context.Response.WriteAsJsonAsync(
            problem, GalleryJson.Options, "application/problem+json", context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string path);
    }
}
