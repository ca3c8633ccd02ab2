using System.Security.Cryptography;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Client;

public sealed class IngestTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Whatever is ready to run has its turn, many times over.
    private static async Task LetOthersRunAsync()
    {
        for (int turn = 0; turn < 1_000; turn++)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task IngestAsync_ManyItems_AcksComeInOrderWithTheCallersNumbers()
    {
        // 200 items are at least 29 requests. Of those, every third is answered after the one that follows it.
        const int Surely = 200 / 7;
        TaskCompletionSource[] answered = [.. Enumerable.Range(0, 201).Select(_ => new TaskCompletionSource())];
        FakeService service = new()
        {
            Answer = async (number, items) =>
            {
                if (number % 3 == 1 && number < Surely)
                {
                    await answered[number + 1].Task;
                }

                answered[number].SetResult();
                return FakeService.Acks(FakeService.Enrolled(items));
            },
        };
        IngestOptions options = new() { MaxBatchItems = 7, MaxRequests = 3 };
        List<IngestAck> acks = await IngestRun.ToEndAsync(
            service, IngestRun.Items(200).Select(i => i with { Seq = i.Seq * 10 }), options);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i * 10), acks.Select(ack => ack.Seq));
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"p{i}"), acks.Select(ack => ack.Identity));
        Assert.All(service.Batches, batch => Assert.InRange(batch.Count, 1, 7));
        Assert.All(service.Batches, batch =>
            Assert.Equal(Enumerable.Range(1, batch.Count).Select(i => (long?)i), batch.Select(item => item.Seq)));
    }

    [Fact]
    public async Task IngestAsync_NoSeqGiven_CountsFromOne()
    {
        FakeService service = FakeService.EnrollingAll();
        List<IngestAck> acks = await IngestRun.ToEndAsync(
            service, IngestRun.Items(3).Select(item => item with { Seq = null }), IngestRun.Fast);
        Assert.Equal([1L, 2, 3], acks.Select(ack => ack.Seq));
    }

    [Fact]
    public async Task IngestAsync_NoImageIdGiven_SendsTheContentHash()
    {
        FakeService service = FakeService.EnrollingAll();
        byte[] file = [1, 2, 3];
        await IngestRun.ToEndAsync(
            service,
            [
                new() { Identity = "a", Image = file },
                new() { Identity = "a", Vector = [1f] },
                new() { Identity = "a", ImageId = "x", Vector = [1f] },
            ],
            IngestRun.Fast);
        Assert.Equal(
            [
                Convert.ToHexStringLower(SHA256.HashData(file)),
                Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(1f))),
                "x",
            ],
            service.Batches.SelectMany(batch => batch).Select(item => item.ImageId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IngestAsync_AnswerEndsEarly_SendsTheUnansweredAgain(bool breaksOff)
    {
        FakeService service = new()
        {
            Answer = (number, items) => Task.FromResult(number == 1
                ? FakeService.Acks(FakeService.Enrolled(items).Take(2), breaksOff)
                : FakeService.Acks(
                    FakeService.Enrolled(items).Select(ack => ack with { Status = EnrolStatus.Duplicate }))),
        };
        IngestOptions options = new() { MaxRequests = 1, RetryDelay = TimeSpan.Zero };
        List<IngestAck> acks = await IngestRun.ToEndAsync(service, IngestRun.Items(5), options);
        Assert.Equal(Enumerable.Range(1, 5).Select(i => (long)i), acks.Select(ack => ack.Seq));
        int answeredFirst = Math.Min(2, service.Batches[0].Count);
        Assert.All(acks.Take(answeredFirst), ack => Assert.Equal(EnrolStatus.Searchable, ack.Status));
        Assert.All(acks.Skip(answeredFirst), ack => Assert.Equal(EnrolStatus.Duplicate, ack.Status));
        Assert.All(service.Batches.SelectMany(batch => batch).GroupBy(item => item.Identity), sent =>
            Assert.Single(sent.Select(item => item.ImageId).Distinct()));
    }

    [Fact]
    public async Task IngestAsync_StorageIsFull_EachItemIsRefusedAfterFewAttempts()
    {
        FakeService service = new()
        {
            Answer = (_, items) => Task.FromResult(FakeService.Acks(items.Select(item =>
            {
                IngestAck ack = FakeService.Rejected(item, retryable: true);
                return ack with { Error = ack.Error! with { Code = ErrorCodes.StorageFull } };
            }))),
        };
        List<IngestAck> acks = await IngestRun.ToEndAsync(service, IngestRun.Items(5), IngestRun.Fast);
        Assert.Equal([1L, 2, 3, 4, 5], acks.Select(ack => ack.Seq));
        Assert.All(acks, ack => Assert.Equal(ErrorCodes.StorageFull, ack.Error?.Code));
        Assert.All(
            service.Batches.SelectMany(batch => batch).GroupBy(item => item.Identity),
            sent => Assert.Equal(3, sent.Count()));
    }

    [Fact]
    public async Task IngestAsync_RetryableRejection_IsSentAgainAndOvertakenByNone()
    {
        int refusals = 0;
        FakeService service = new()
        {
            Answer = (_, items) => Task.FromResult(FakeService.Acks(items.Select(item =>
                item.Identity == "p2" && Interlocked.Increment(ref refusals) <= 2
                    ? FakeService.Rejected(item, retryable: true)
                    : FakeService.Enrolled([item]).Single()))),
        };
        List<IngestAck> acks = await IngestRun.ToEndAsync(service, IngestRun.Items(5), IngestRun.Fast);
        Assert.Equal(3, refusals);
        Assert.Equal([1L, 2, 3, 4, 5], acks.Select(ack => ack.Seq));
        Assert.All(acks, ack => Assert.Equal(EnrolStatus.Searchable, ack.Status));
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public async Task IngestAsync_RejectionThatStays_IsYieldedAfterBoundedAttempts(bool retryable, int attempts)
    {
        FakeService service = new()
        {
            Answer = (_, items) => Task.FromResult(
                FakeService.Acks(items.Select(item => FakeService.Rejected(item, retryable)))),
        };
        IngestAck ack = Assert.Single(await IngestRun.ToEndAsync(service, IngestRun.Items(1), IngestRun.Fast));
        Assert.Equal(EnrolStatus.Rejected, ack.Status);
        Assert.Equal(attempts, service.Batches.Count);
    }

    [Fact]
    public async Task IngestAsync_WindowFull_ReadsTheSourceNoFurther()
    {
        const int Window = 10;
        TaskCompletionSource open = new();
        TaskCompletionSource full = new();
        int read = 0;
        FakeService service = new()
        {
            Answer = async (_, items) =>
            {
                await open.Task;
                return FakeService.Acks(FakeService.Enrolled(items));
            },
        };
        using GalleryClient client = service.Client();
        IngestOptions options = new() { MaxItemsInFlight = Window, MaxBatchItems = 4, MaxRequests = 2 };
        await using IAsyncEnumerator<IngestAck> acks = client
            .IngestAsync("g", Counted(), options, Cancelled).GetAsyncEnumerator(Cancelled);
        ValueTask<bool> first = acks.MoveNextAsync();
        await full.Task.WaitAsync(Cancelled);
        await LetOthersRunAsync();
        // Those in the window and one that waits for it.
        Assert.Equal(Window + 1, Volatile.Read(ref read));
        open.SetResult();
        Assert.True(await first);
        int count = 1;
        while (await acks.MoveNextAsync())
        {
            count++;
        }

        Assert.Equal(100, count);

        async IAsyncEnumerable<IngestItem> Counted()
        {
            await Task.Yield();
            foreach (IngestItem item in IngestRun.Items(100))
            {
                if (Interlocked.Increment(ref read) == Window + 1)
                {
                    full.SetResult();
                }

                yield return item;
            }
        }
    }

    [Fact]
    public async Task IngestAsync_LargeItems_TravelInRequestsOfBoundedBytes()
    {
        FakeService service = FakeService.EnrollingAll();
        IngestOptions options = new() { MaxBatchBytes = 10_000, MaxBytesInFlight = 50_000, MaxRequests = 2 };
        await IngestRun.ToEndAsync(
            service,
            Enumerable.Range(0, 40).Select(
                i => new IngestItem { Identity = "a", ImageId = $"{i}", Image = new byte[3_000] }),
            options);
        Assert.All(service.Batches, batch => Assert.InRange(batch.Count, 1, 2));
    }

    [Fact]
    public async Task IngestAsync_SameImageTwice_IsNeverUnderWayTwiceAtOnce()
    {
        int underWay = 0;
        FakeService service = new()
        {
            Answer = async (_, items) =>
            {
                Assert.Equal(1, Interlocked.Add(ref underWay, items.Count));
                await LetOthersRunAsync();
                Interlocked.Add(ref underWay, -items.Count);
                return FakeService.Acks(FakeService.Enrolled(items));
            },
        };
        List<IngestAck> acks = await IngestRun.ToEndAsync(
            service,
            Enumerable.Range(0, 10).Select(i => new IngestItem { Identity = "a", ImageId = "same", Vector = [i] }),
            new IngestOptions { MaxRequests = 4 });
        Assert.Equal(10, acks.Count);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => (float)i),
            service.Batches.SelectMany(batch => batch).Select(item => item.Vector![0]));
    }
}
