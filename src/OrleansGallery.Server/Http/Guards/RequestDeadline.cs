using Microsoft.AspNetCore.Http;

namespace OrleansGallery.Server;

/// <summary>How long a request may take by its caller's will.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">The whole time.</param>
/// <param name="client">Fires when the caller is gone.</param>
internal sealed class RequestDeadline(TimeProvider time, TimeSpan limit, CancellationToken client)
{
    private readonly CancellationToken _client = client;
    private readonly long _started = time.GetTimestamp();

    /// <summary>The whole time.</summary>
    public TimeSpan Limit => limit;

    /// <summary>What is left of it; never less than nothing.</summary>
    public TimeSpan Left =>
        limit - time.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Ends the sending of an answer: the caller is gone. The request's own token may fire for the deadline,
    /// and an answer that is there is sent, whole.</summary>
    public static CancellationToken SendingOf(HttpContext context) => Of(context)?._client ?? context.RequestAborted;

    /// <summary>The deadline of a request; null: it has none of its own.</summary>
    public static RequestDeadline? Of(HttpContext context) => context.Features.Get<RequestDeadline>();
}
