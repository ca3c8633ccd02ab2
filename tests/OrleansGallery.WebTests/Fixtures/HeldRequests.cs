using Microsoft.AspNetCore.Http;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>Requests that a service answers late: not before this is disposed of.</summary>
internal sealed class HeldRequests : IDisposable
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _method;
    private readonly string _pathEnd;

    /// <param name="service">Whose.</param>
    /// <param name="method">Their HTTP method.</param>
    /// <param name="pathEnd">How their paths end.</param>
    public HeldRequests(OwnService service, string method, string pathEnd)
    {
        (_method, _pathEnd) = (method, pathEnd);
        service.Before = WaitAsync;
    }

    /// <summary>The first of them is there.</summary>
    public Task Arrived => _arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose() => _released.TrySetResult();

    private async Task WaitAsync(HttpContext context)
    {
        if (context.Request.Method == _method
            && context.Request.Path.Value!.EndsWith(_pathEnd, StringComparison.Ordinal))
        {
            _arrived.TrySetResult();
            await _released.Task.WaitAsync(context.RequestAborted);
        }
    }
}
