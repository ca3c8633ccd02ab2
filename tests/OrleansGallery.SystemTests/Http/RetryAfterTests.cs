using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansGallery.Abstractions;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class RetryAfterTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new OverloadedException("full"), 503, "1" },
        { new RetryException("moved"), 503, "1" },
        { new TimedOutException(TimeSpan.FromMilliseconds(5)), 504, "1" },
        { new StorageFullException("full"), 507, "60" },
        { new RateLimitedException("many", TimeSpan.FromMilliseconds(20)), 429, "1" },
        { new RateLimitedException("many", TimeSpan.FromSeconds(2.1)), 429, "3" },
        { new RateLimitedException("many", TimeSpan.Zero), 429, "1" },
        { new GalleryNotFoundException("g"), 404, string.Empty },
        { new InvalidOperationException("bug"), 500, string.Empty },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Failure_ThatMayPass_SaysWhenToTryAgain(Exception exception, int status, string pause)
    {
        DefaultHttpContext context = new();
        await using ServiceProvider meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        ServerInstruments instruments = new(meters.GetRequiredService<IMeterFactory>());
        ProblemMiddleware middleware = new(
            _ => throw exception, instruments, NullLogger<ProblemMiddleware>.Instance);
        await middleware.InvokeAsync(context);
        Assert.Equal((status, pause), (context.Response.StatusCode, $"{context.Response.Headers.RetryAfter}"));
    }
}
