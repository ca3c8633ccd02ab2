using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Ends a request when the time is over that its caller gave it, <c>?timeoutMs</c>, in the same way as when the caller
/// goes away: what was begun for it is cancelled as far as it goes, and what it wrote may have been written.
/// </summary>
internal sealed class DeadlineGuard(RequestDelegate next, TimeProvider time)
{
    public const string Parameter = "timeoutMs";
    public const int MaxMilliseconds = 60_000;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is not { } route || route.GetMetadata<GalleryRouteMark>() is null
            || LimitOf(context.Request) is not { } limit)
        {
            await next(context);
            return;
        }

        if (IsStream(route))
        {
            throw new InvalidRequestException(
                $"{Parameter} is given, but a stream is as long as its caller likes; leave it out here.");
        }

        CancellationToken client = context.RequestAborted;
        using CancellationTokenSource over = new(limit, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(client, over.Token);
        bool isRunning = true;
        // An answer that has begun is not cut; that of a failure begins when all is over here.
        context.Response.OnStarting(() =>
        {
            if (isRunning)
            {
                over.CancelAfter(Timeout.InfiniteTimeSpan);
            }

            return Task.CompletedTask;
        });
        context.Features.Set(new RequestDeadline(time, limit, client));
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or TimeoutException or RetryException
            && over.IsCancellationRequested && !client.IsCancellationRequested)
        {
            throw new TimedOutException(limit);
        }
        finally
        {
            isRunning = false;
            context.RequestAborted = client;
            context.Features.Set<RequestDeadline>(null);
        }
    }

    /// <summary>Whether a route's body or answer is a stream, which has no deadline.</summary>
    public static bool IsStream(IEnumerable<object> metadata) =>
        metadata.Any(one => one is StreamedBodyMark or StreamedAnswerMark);

    private static TimeSpan? LimitOf(HttpRequest request)
    {
        if (request.Query[Parameter] is not [{ Length: > 0 } text])
        {
            return request.Query[Parameter].Count <= 1 ? null : throw Refused(request.Query[Parameter].ToString());
        }

        return PlainNumber.TryParse(text, out int milliseconds) && milliseconds is >= 1 and <= MaxMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw Refused(text);
    }

    private static InvalidRequestException Refused(string text) =>
        new($"{Parameter} is '{text}'; one whole number from 1 to {MaxMilliseconds} is taken.");
}
