using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Client;

/// <summary>What the client does where service, connection or source fail it.</summary>
public sealed class IngestFailureTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IngestAsync_UnknownGallery_ThrowsWithoutTryingAgain()
    {
        FakeService service = new()
        {
            Answer = (_, _) => Task.FromResult(FakeService.Problem(404, ErrorCodes.GalleryNotFound, retryable: false)),
        };
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => IngestRun.ToEndAsync(service, IngestRun.Items(1), IngestRun.Fast));
        Assert.Equal((404, ErrorCodes.GalleryNotFound), (exception.Status, exception.Code));
        Assert.Single(service.Batches);
    }

    [Fact]
    public async Task IngestAsync_ServiceUnavailableForAMoment_GoesOn()
    {
        FakeService service = new()
        {
            Answer = (number, items) => Task.FromResult(number <= 2
                ? FakeService.Problem(503, ErrorCodes.Retry, retryable: true)
                : FakeService.Acks(FakeService.Enrolled(items))),
        };
        Assert.Equal(20, (await IngestRun.ToEndAsync(service, IngestRun.Items(20), IngestRun.Fast)).Count);
    }

    [Fact]
    public async Task IngestAsync_RateLimitedAgainAndAgain_GoesOnWhenItMay()
    {
        FakeService service = new()
        {
            Answer = (number, items) => Task.FromResult(number <= 5 * IngestRun.Fast.MaxAttempts
                ? FakeService.Problem(429, ErrorCodes.RateLimited, retryable: true)
                : FakeService.Acks(FakeService.Enrolled(items))),
        };
        Assert.Equal(20, (await IngestRun.ToEndAsync(service, IngestRun.Items(20), IngestRun.Fast)).Count);
    }

    [Fact]
    public async Task IngestAsync_NobodyListens_ThrowsAfterBoundedAttempts()
    {
        FakeService service = new()
        {
            Answer = (_, _) => Task.FromException<HttpResponseMessage>(
                new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")),
        };
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => IngestRun.ToEndAsync(service, IngestRun.Items(1), IngestRun.Fast));
        Assert.Null(exception.Status);
        Assert.True(exception.Retryable);
        Assert.Contains("gallery serve", exception.Detail, StringComparison.Ordinal);
        Assert.Equal(IngestRun.Fast.MaxAttempts, service.Batches.Count);
    }

    [Fact]
    public async Task IngestAsync_SourceFails_YieldsTheAcksBeforeAndThenThrows()
    {
        FakeService service = FakeService.EnrollingAll();
        using GalleryClient client = service.Client();
        List<IngestAck> acks = [];
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (IngestAck ack in client.IngestAsync("g", Failing(), IngestRun.Fast, Cancelled))
            {
                acks.Add(ack);
            }
        });
        Assert.Equal(3, acks.Count);

        static async IAsyncEnumerable<IngestItem> Failing()
        {
            foreach (IngestItem item in IngestRun.Items(3))
            {
                await Task.Yield();
                yield return item;
            }

            throw new InvalidDataException("The film is torn.");
        }
    }

    [Fact]
    public async Task IngestAsync_AcksOutOfOrder_AreNotBelieved()
    {
        FakeService service = new()
        {
            Answer = (number, items) => Task.FromResult(FakeService.Acks(number == 1
                ? FakeService.Enrolled(items).Select(ack => ack with { Seq = ack.Seq + 1 })
                : FakeService.Enrolled(items))),
        };
        List<IngestAck> acks = await IngestRun.ToEndAsync(service, IngestRun.Items(3), IngestRun.Fast);
        Assert.Equal(["p1", "p2", "p3"], acks.Select(ack => ack.Identity));
    }

    [Fact]
    public async Task IngestAsync_ServiceFallsSilent_SendsAgain()
    {
        FakeService service = new()
        {
            Answer = async (number, items) =>
            {
                if (number == 1)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, Cancelled);
                }

                return FakeService.Acks(FakeService.Enrolled(items));
            },
        };
        IngestOptions options = new() { AckTimeout = TimeSpan.FromMilliseconds(50), RetryDelay = TimeSpan.Zero };
        Assert.Equal(3, (await IngestRun.ToEndAsync(service, IngestRun.Items(3), options)).Count);
    }
}
