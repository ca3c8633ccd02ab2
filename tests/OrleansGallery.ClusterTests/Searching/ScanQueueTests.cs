using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Requests that wait together are scanned together, and each gets the answer it would get alone.</summary>
public sealed class ScanQueueTests : IDisposable
{
    private const int Dimension = 128;

    private readonly TemporaryFolder _folder = new();
    private readonly LocalPartitions _partitions = new();
    private readonly LowRank _vectors = new(Dimension, 6, 9);
    private readonly BruteForce _truth = new();
    private readonly PartitionScanner _scanner;
    private readonly ScanQueue _queue;
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<int> _batches = new();
    private readonly ManualResetEventSlim _entered = new();
    private readonly ManualResetEventSlim _release = new();

    public ScanQueueTests()
    {
        _scanner = new(
            _partitions, new PartitionPlaces(new SiloRoster(new FixedMembership(1))), Leases.Of(_partitions),
            TimeProvider.System);
        _queue = new(_scanner, cores: 1, _time)
        {
            BeforeScan = size =>
            {
                _batches.Enqueue(size);
                _entered.Set();
                _release.Wait();
            },
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scan_RequestsWaitForACore_ThoseOfOneGalleryShareAScanAndEachGetsItsOwnAnswer()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        Task<SiloScanAnswer> first = ScanAsync(gallery, 0, 1);
        _entered.Wait(Token);

        Task<SiloScanAnswer>[] waiting = [.. Enumerable.Range(1, 5).Select(i => ScanAsync(gallery, i, top: i))];
        Task<SiloScanAnswer> other = ScanAsync(gallery + 1, 1, 1);
        Task<SiloScanAnswer> morePartitions = ScanAsync(gallery, 1, 1, [0, 1]);
        Task<SiloScanAnswer> last = ScanAsync(gallery, 6, 6);
        Assert.True(_queue.IsBusy);
        _release.Set();

        AssertAnswer(await first, 0, 1);
        for (int i = 1; i <= 5; i++)
        {
            AssertAnswer(await waiting[i - 1], i, i);
        }

        AssertAnswer(await last, 6, 6);
        Assert.Empty((await other).Answered);
        AssertAnswer(await morePartitions, 1, 1);
        Assert.Equal([1, 6, 1, 1], _batches);
    }

    [Fact]
    public async Task Scan_ADeadlineOfABatchComes_TheScanGoesOnForTheOthers()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        using CancellationTokenSource soon = new();
        using CancellationTokenSource late = new();
        Task<SiloScanAnswer> first = ScanAsync(gallery, 0, 1);
        _entered.Wait(Token);
        Task<SiloScanAnswer> hurried = _queue.ScanAsync(Request(gallery, 1, 2, [0]), soon.Token);
        Task<SiloScanAnswer> patient = _queue.ScanAsync(Request(gallery, 2, 3, [0]), late.Token);
        _queue.BeforeScan = size =>
        {
            _batches.Enqueue(size);
            soon.Cancel();
        };
        _release.Set();

        await first;
        SiloScanAnswer cut = await hurried;
        AssertAnswer(await patient, 2, 3);

        Assert.True(cut.IsCut);
        Assert.Empty(cut.Answered);
        Assert.Equal([1, 2], _batches);
    }

    [Fact]
    public async Task Scan_APartitionIsLostDuringABatch_NoAnswerHasItsRows()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        Task<SiloScanAnswer> first = ScanAsync(gallery, 0, 1);
        _entered.Wait(Token);
        Task<SiloScanAnswer>[] waiting = [.. Enumerable.Range(1, 3).Select(i => ScanAsync(gallery, i, top: i))];
        int scans = 0;
        _scanner.AfterScan = () =>
        {
            if (++scans == 2)
            {
                owner.Partition.GiveUp("Lost.");
            }
        };
        _release.Set();

        AssertAnswer(await first, 0, 1);
        foreach (SiloScanAnswer answer in await Task.WhenAll(waiting))
        {
            Assert.Empty(answer.Matches);
            Assert.Empty(answer.Answered);
        }

        Assert.Equal([1, 3], _batches);
        Assert.Equal(3, scans);
    }

    [Fact]
    public async Task Scan_AQueryThatIsNone_FailsAloneAndTheQueueGoesOn()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        _release.Set();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ScanAsync(gallery, 0, top: 0));
        await Assert.ThrowsAsync<EmbeddingException>(() => _queue.ScanAsync(
            Request(gallery, 0, 1, [0]) with { Query = VectorBytes.From([1, 0, 0, 0]) }, Token));

        AssertAnswer(await ScanAsync(gallery, 3, 4), 3, 4);
        Assert.False(_queue.IsBusy);
    }

    [Fact]
    public async Task Scan_InBulk_WaitsForAllOthersAndGoesInSmallBatches()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        Task<SiloScanAnswer> first = ScanAsync(gallery, 0, 1);
        _entered.Wait(Token);

        Task<SiloScanAnswer>[] bulk = [.. Enumerable.Range(0, ScanQueue.MaxBulkBatch + 3).Select(i =>
            _queue.ScanAsync(Request(gallery, i, 1, [0]) with { IsBulk = true }, Token))];
        Task<SiloScanAnswer> other = ScanAsync(gallery + 1, 1, 1);
        Task<SiloScanAnswer> last = ScanAsync(gallery, 2, 2);
        Assert.Equal(2, _queue.Waiting);
        _release.Set();

        AssertAnswer(await first, 0, 1);
        Assert.Empty((await other).Answered);
        AssertAnswer(await last, 2, 2);
        for (int i = 0; i < bulk.Length; i++)
        {
            AssertAnswer(await bulk[i], i, 1);
        }

        Assert.Equal([1, 1, 1, ScanQueue.MaxBulkBatch, 3], _batches);
    }

    [Fact]
    public async Task Scan_InBulkForLong_GetsATurnAmongOthers()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        Task<SiloScanAnswer> first = ScanAsync(gallery, 0, 1);
        _entered.Wait(Token);
        Task<SiloScanAnswer> bulk = _queue.ScanAsync(Request(gallery, 1, 3, [0]) with { IsBulk = true }, Token);
        Task<SiloScanAnswer> waiting = ScanAsync(gallery, 2, 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _queue.BeforeScan = _ => _batches.Enqueue(_queue.Waiting);
        _release.Set();

        await Task.WhenAll(first, bulk, waiting);

        // The scan that was begun first, the one in bulk while the other waits, and that.
        Assert.Equal([1, 1, 0], _batches);
    }

    [Fact]
    public async Task Scan_InBulkLongerThanItsPatience_OthersGetTurnsBetweenItsBatches()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        Task<SiloScanAnswer> first = ScanAsync(gallery, 0, 1);
        _entered.Wait(Token);
        Task<SiloScanAnswer>[] bulk = [.. Enumerable.Range(0, ScanQueue.MaxBulkBatch + 3).Select(i =>
            _queue.ScanAsync(Request(gallery, i, 1, [0]) with { IsBulk = true }, Token))];
        Task<SiloScanAnswer>[] others = [.. Enumerable.Range(1, 3).Select(i => ScanAsync(gallery + i, 1, 1))];
        _time.Advance(TimeSpan.FromSeconds(1));
        _queue.BeforeScan = size =>
        {
            _batches.Enqueue(size);
            // Whoever waits is due, and a batch in bulk takes as long as two searches.
            _time.Advance(TimeSpan.FromSeconds(size == 1 ? 3 : 6));
        };
        _release.Set();

        await Task.WhenAll([first, .. bulk, .. others]);

        Assert.Equal([1, ScanQueue.MaxBulkBatch, 1, 1, 3, 1], _batches);
    }

    [Fact]
    public async Task Scan_WhileBulkIsDue_NoCoreStaysIdle()
    {
        using Owner owner = await OwnAsync(300);
        long gallery = owner.Partition.Key.Gallery;
        using CountdownEvent begun = new(3);
        ScanQueue queue = new(_scanner, cores: 3, _time)
        {
            BeforeScan = _ =>
            {
                begun.Signal();
                _release.Wait();
            },
        };
        Task<SiloScanAnswer> first = queue.ScanAsync(Request(gallery, 0, 1, [0]), Token);
        Task<SiloScanAnswer> bulk = queue.ScanAsync(Request(gallery, 1, 1, [0]) with { IsBulk = true }, Token);
        _time.Advance(TimeSpan.FromSeconds(1));

        Task<SiloScanAnswer> other = queue.ScanAsync(Request(gallery, 2, 1, [0]), Token);

        Assert.True(begun.Wait(TimeSpan.FromMinutes(1), Token));
        _release.Set();
        await Task.WhenAll(first, bulk, other);
    }

    public void Dispose()
    {
        _release.Set();
        _entered.Dispose();
        _release.Dispose();
        _folder.Dispose();
    }

    private Task<SiloScanAnswer> ScanAsync(long gallery, int query, int top, params int[] partitions) =>
        _queue.ScanAsync(Request(gallery, query, top, partitions.Length == 0 ? [0] : partitions), Token);

    private SiloScanRequest Request(long gallery, int query, int top, int[] partitions) => new()
    {
        Gallery = gallery,
        Partitions = partitions,
        Query = VectorBytes.From(QueryVector.Normalize(_vectors[query])),
        Top = top,
        Deadline = TimeSpan.FromMinutes(1),
    };

    private void AssertAnswer(SiloScanAnswer answer, int query, int top)
    {
        Assert.Equal(
            _truth.Search(_vectors[query], top), answer.Matches.Select(match => (match.IdentityId, match.Score)));
        Assert.Equal([0], answer.Answered);
        Assert.False(answer.IsCut);
        Assert.Equal(300, answer.Evidence.RowsScanned);
    }

    private async Task<Owner> OwnAsync(int rows)
    {
        string file = _folder.File("gallery.db");
        GalleryRecord gallery = Owner.CreateGallery(file, Dimension);
        Owner owner = new(file);
        await owner.ActivateAsync(gallery);
        for (int i = 0; i < rows; i++)
        {
            _truth.Put($"p{i}", _vectors[i]);
        }

        owner.Partition.Rows.Apply(1, _truth.ToChanges());
        _partitions.Add(owner.Partition, owner.Partition.PlaceOn(FixedMembership.Address(1)));
        return owner;
    }
}
