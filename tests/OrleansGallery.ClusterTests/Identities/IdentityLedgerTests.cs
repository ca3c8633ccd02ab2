using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

public sealed class IdentityLedgerTests
{
    private const int Dimension = 16;

    [Fact]
    public async Task Run_ManyWhileACommitIsInFlight_ShareTheNextOne()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        List<Task<EnrolReceipt>> rest =
            [.. Enumerable.Range(1, 20).Select(i => ledger.RunAsync(new EnrolOperation(Images.Of(1, i))))];
        Assert.Single(home.Changes);

        home.Decide();
        Assert.Equal(1, (await first).Count);
        home.Decide();
        EnrolReceipt[] receipts = await Task.WhenAll(rest);

        Assert.Equal([1, 20], home.Changes.Select(change => change.AddedImages.Count));
        Assert.All(receipts, receipt => Assert.Equal((21, 2), (receipt.Count, receipt.Version)));
    }

    [Fact]
    public async Task Run_AddedAndRemovedInOneBatch_SendsTheNetEffect()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> added = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<RemovalReceipt> removedAgain = ledger.RunAsync(new RemoveOperation(Images.Of(1, 1).ImageId));
        Task<RemovalReceipt> removed = ledger.RunAsync(new RemoveOperation(Images.Of(1, 0).ImageId));
        Task<EnrolReceipt> back = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0, facet: "c2")));
        home.Decide();
        home.Decide();
        await Task.WhenAll(first, added, removedAgain, removed, back);

        IdentityChange net = home.Changes[1];
        Assert.Equal([Images.Of(1, 0).ImageId], net.RemovedImages);
        Assert.Equal([("c2", Images.Of(1, 0).ImageId)], net.AddedImages.Select(image => (image.Facet, image.ImageId)));
        Assert.Equal([("", 0L), ("c2", 1L)], net.Facets.Select(f => (f.Facet, f.Count)).Order());
        IdentityCentroid expected = new(Dimension);
        expected.Add("c2", Images.Of(1, 0).Embedding.Components);
        Assert.Equal(expected.ComputeHash("p1").ToByteArray(), net.Hash);
    }

    [Fact]
    public async Task Run_CommitRefused_DropsWhatItBelievedAndLoadsAnew()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> pending = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<EnrolReceipt> duplicate = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        home.Decide();
        await first;
        home.Refuse(new RetryException("taken"));
        await Assert.ThrowsAsync<RetryException>(() => pending);
        await Assert.ThrowsAsync<RetryException>(() => duplicate);

        Task<EnrolReceipt> again = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        home.Decide();

        Assert.Equal((EnrolOutcome.Searchable, 2), ((await again).Outcome, (await again).Count));
        Assert.Equal(2, home.Loads);
    }

    [Fact]
    public async Task Forget_WhileACommitIsInFlight_WhatFollowsLoadsAnew()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> second = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        ledger.Forget();

        home.Decide();
        await first;
        home.Decide();

        Assert.Equal(2, (await second).Count);
        Assert.Equal(2, home.Loads);
    }

    [Fact]
    public async Task Forget_DuringTheLastCommit_TheNextOperationLoadsAnew()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        ledger.Forget();
        home.Decide();
        await first;

        Task<EnrolReceipt> second = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        home.Decide();

        Assert.Equal(2, (await second).Count);
        Assert.Equal(2, home.Loads);
    }

    [Fact]
    public async Task Run_DeleteInTheMiddle_EndsItsBatch()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> before = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<RemovalReceipt> deleted = ledger.RunAsync(new RemoveOperation(null));
        Task<EnrolReceipt> after = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        home.Decide();
        home.Decide();
        home.Decide();
        await Task.WhenAll(first, before, after);

        Assert.Equal(2, (await deleted).ImagesRemoved);
        Assert.Equal([1, 0, 1], home.Changes.Select(change => change.Count));
        Assert.Equal([0, 1, 0], home.Changes.Select(change => change.ExpectedVersion));
    }

    [Fact]
    public async Task Run_OneOfABatchWasErased_IsRefusedAloneAndTheOthersAreCommitted()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> first = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        Task<EnrolReceipt> before = ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<EnrolReceipt> erased = ledger.RunAsync(new EnrolOperation(Images.Of(1, 2)));
        Task<RemovalReceipt> removed = ledger.RunAsync(new RemoveOperation(Images.Of(1, 0).ImageId));
        Task<EnrolReceipt> after = ledger.RunAsync(new EnrolOperation(Images.Of(1, 3)));
        home.Decide();
        await first;

        home.Erased.Add(new ErasedContent(Images.Of(1, 2).ContentHash, DateTimeOffset.UnixEpoch.AddDays(30_000)));
        home.Refuse(new ImageErasedException("erased"));
        home.Decide();

        ImageErasedException refusal = await Assert.ThrowsAsync<ImageErasedException>(() => erased);
        Assert.Contains("2052-02-20", refusal.Message, StringComparison.Ordinal);
        Assert.All(
            await Task.WhenAll(before, after), receipt => Assert.Equal((2, 2), (receipt.Count, receipt.Version)));
        Assert.Equal(1, (await removed).ImagesRemoved);
        Assert.Equal(1, home.Loads);
        Assert.Equal(
            new[] { 1, 3 }.Select(i => Images.Of(1, i).ImageId).Order(),
            home.Changes[^1].AddedImages.Select(image => image.ImageId).Order());
    }

    [Fact]
    public async Task Run_TheOnlyImageWasErased_NothingIsCommitted()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> only = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));
        home.Erased.Add(new ErasedContent(Images.Of(1, 0).ContentHash, DateTimeOffset.MaxValue));

        home.Refuse(new ImageErasedException("erased"));

        await Assert.ThrowsAsync<ImageErasedException>(() => only);
        Assert.Single(home.Changes);
    }

    [Fact]
    public async Task Run_WhatIsRefusedIsNeverNamed_IsAskedForAgain()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        Task<EnrolReceipt> only = ledger.RunAsync(new EnrolOperation(Images.Of(1, 0)));

        for (int i = 0; i < 4; i++)
        {
            home.Refuse(new ImageErasedException("erased"));
        }

        Assert.True((await Assert.ThrowsAsync<RetryException>(() => only)).NothingWritten);
    }

    [Fact]
    public async Task Run_LargeFilesInLine_AreBoundByTheirBytes_AndTheRestGoesOn()
    {
        FakeHome home = new();
        IdentityLedger ledger = new("p1", home);
        byte[] file = new byte[IdentityLedger.MaxBatchBytes];
        Task<EnrolReceipt> first = ledger.RunAsync(Enrol(0));
        List<Task<EnrolReceipt>> taken = [];
        OverloadedException refused = await Assert.ThrowsAsync<OverloadedException>(async () =>
        {
            for (int i = 1; i < 100; i++)
            {
                taken.Add(ledger.RunAsync(Enrol(i)));
            }

            await Task.WhenAll(taken);
        });

        Assert.Equal(IdentityLedger.MaxWaitingBytes / (file.Length + 2_000), taken.Count);
        Assert.Contains("67108864", refused.Message, StringComparison.Ordinal);
        home.Decide();
        await first;
        taken.ForEach(_ => home.Decide());
        await Task.WhenAll(taken);
        Task<EnrolReceipt> later = ledger.RunAsync(Enrol(200));
        home.Decide();
        Assert.Equal(taken.Count + 2, (await later).Count);

        EnrolOperation Enrol(int image) =>
            new(Images.Of(1, image) with { Picture = new KeptPicture { Thumbnail = file } });
    }

    /// <summary>A partition that decides when the test says so, and a store of what it accepted.</summary>
    private sealed class FakeHome : IIdentityHome
    {
        private readonly Dictionary<string, ImageToEnrol> _images = [];
        private readonly Queue<TaskCompletionSource<CommitReceipt>> _undecided = new();
        private long _version;
        private long _sequence;

        public List<IdentityChange> Changes { get; } = [];

        public List<ErasedContent> Erased { get; } = [];

        public int Loads { get; private set; }

        public Task<IdentityState> LoadAsync()
        {
            Loads++;
            IdentityCentroid centroid = new(Dimension);
            foreach (ImageToEnrol image in _images.Values)
            {
                centroid.Add(image.Facet, image.Embedding.Components);
            }

            IdentityVersion known = new() { Version = _version, Dimension = Dimension, NormalizeFirst = false };
            return Task.FromResult(new IdentityState("p1", known, new StoredIdentity
            {
                IdentityId = "p1",
                Version = _version,
                Facets = [.. centroid.Facets.Select(f => ToSum(f.Facet, centroid.Find(f.Facet)!))],
                Images = [.. _images.Values.Select(image => new StoredImage
                {
                    ImageId = image.ImageId, Facet = image.Facet, ContentHash = image.ContentHash,
                })],
            }));
        }

        public Task ConfirmAsync(long version)
        {
            Assert.Equal(_version, version);
            return Task.CompletedTask;
        }

        public Task<CommitReceipt> CommitAsync(IdentityChange change)
        {
            Changes.Add(change);
            _undecided.Enqueue(new TaskCompletionSource<CommitReceipt>());
            return _undecided.Peek().Task;
        }

        public Task<IReadOnlyList<ErasedContent>> FindErasedAsync(IReadOnlyList<byte[]> digests) =>
            Task.FromResult<IReadOnlyList<ErasedContent>>([.. Erased.Where(
                erased => digests.Any(digest => digest.AsSpan().SequenceEqual(erased.Digest)))]);

        public Task<VectorBytes> ReadEmbeddingAsync(string imageId) => Task.FromResult(_images[imageId].Embedding);

        /// <summary>Accepts the commit in flight; the ledger goes on before this returns.</summary>
        public void Decide()
        {
            IdentityChange change = Changes[^1];
            if (change.Count == 0)
            {
                _images.Clear();
            }

            foreach (string removed in change.RemovedImages)
            {
                Assert.True(_images.Remove(removed));
            }

            foreach (ImageToEnrol added in change.AddedImages)
            {
                _images.Add(added.ImageId, added);
            }

            _version = change.Count == 0 ? 0 : ++_sequence;
            _undecided.Dequeue().SetResult(new CommitReceipt
            {
                Partition = 0, Epoch = 1, Sequence = _version, HashBefore = "", HashAfter = "",
            });
        }

        public void Refuse(Exception error) => _undecided.Dequeue().SetException(error);

        private static StoredFacet ToSum(string facet, RunningCentroid centroid)
        {
            byte[] sum = new byte[centroid.SumBytes];
            centroid.WriteSum(sum);
            return new StoredFacet(facet, centroid.Count, sum);
        }
    }
}
