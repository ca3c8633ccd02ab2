using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Tells when the service is done with a request, however its client left, and which limits it had.</summary>
internal sealed class EndedRequests
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RequestLimits>> _waiting = new();

    public void Watch(WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (_waiting.TryRemove(context.Request.Path.ToUriComponent(), out var ended))
            {
                ended.SetResult(RequestLimits.Of(context.Features));
            }
        }
    });

    /// <summary>The end of the next request to a path; ask before it is sent.</summary>
    public Task<RequestLimits> Of(string path) =>
        _waiting.GetOrAdd(path, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
