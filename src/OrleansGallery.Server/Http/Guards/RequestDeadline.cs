using Microsoft.AspNetCore.Http;

namespace OrleansGallery.Server;

/// <summary>How long a request may take by its caller's will.</summary>
internal sealed class RequestDeadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The whole time.</summary>
    public TimeSpan Limit => limit;

    /// <summary>What is left of it; never less than nothing.</summary>
    public TimeSpan Left =>
        limit - time.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>The deadline of a request; null: it has none of its own.</summary>
    public static RequestDeadline? Of(HttpContext context) => context.Features.Get<RequestDeadline>();
}
