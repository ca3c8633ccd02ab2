using Microsoft.AspNetCore.Http;

namespace OrleansGallery.Server;

/// <summary>An answer that the framework sends and that is there: it is sent whole, though the time that its caller
/// gave the request is over meanwhile.</summary>
/// <param name="answer">The answer.</param>
internal sealed class WholeAnswer(IResult answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CancellationToken aborted = httpContext.RequestAborted;
        httpContext.RequestAborted = RequestDeadline.SendingOf(httpContext);
        try
        {
            await answer.ExecuteAsync(httpContext);
        }
        finally
        {
            httpContext.RequestAborted = aborted;
        }
    }
}
