using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>A partition that decides when the test says so, and a store of what it accepted.</summary>
internal sealed class FakeHome : IIdentityHome
{
    private const int Dimension = 16;

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
