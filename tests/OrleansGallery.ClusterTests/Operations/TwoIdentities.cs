using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.ClusterTests;

/// <summary>Two identities of a gallery of four partitions, one in a lower partition than the other, and what they must
/// hold.</summary>
internal sealed class TwoIdentities(GalleryCluster cluster, Gallery gallery)
{
    public const int Partitions = 4;
    public const int Dimension = 16;

    private readonly Dictionary<string, List<ImageToEnrol>> _images = [];

    public static string Low { get; } = IdIn(0);

    public static string High { get; } = IdIn(2);

    /// <summary>Another one of <see cref="Low"/>'s partition.</summary>
    public static string Beside { get; } = IdIn(0, "q");

    public static async Task<TwoIdentities> FillAsync(GalleryCluster cluster, int images = 5)
    {
        TwoIdentities two = new(cluster, await cluster.CreateAsync("people", Dimension, Partitions));
        foreach (string id in (string[])[Low, High, Beside])
        {
            for (int i = 0; i < images; i++)
            {
                await two.EnrolAsync(id, i);
            }
        }

        return two;
    }

    public IIdentityGrain Grain(string id) => cluster.Identity(gallery, id);

    public Gallery Gallery => gallery;

    public string[] ImagesOf(string id) => [.. _images[id].Select(image => image.ImageId)];

    /// <summary>Where the partitions of the two are, and at which epochs.</summary>
    public async Task<PartitionPlace[]> LocateAsync() =>
        await Task.WhenAll(cluster.Partition(gallery, 0).LocateAsync(), cluster.Partition(gallery, 2).LocateAsync());

    public async Task EnrolAsync(string id, int number)
    {
        ImageToEnrol image = Images.Of(
            Array.IndexOf([Low, High, Beside], id), number, Dimension, number % 2 == 0 ? "c1" : "c2");
        await Grain(id).EnrolAsync(image);
        Note(id, image);
    }

    /// <summary>Sends a transfer, again where it says so.</summary>
    public Task<OperationReceipt> TransferAsync(
        string from, string to, string operation, params string[]? imageIds) => Answer.GetAsync(
        () => Grain(from).TransferAsync(
            new TransferRequest { OperationId = operation, TargetId = to, ImageIds = imageIds }));

    /// <summary>Sends the undoing of an operation that gave images to an identity.</summary>
    public Task<OperationReceipt> UndoAsync(string id, string undone, string operation) => Answer.GetAsync(
        () => Grain(id).UndoAsync(new UndoRequest { OperationId = operation, UndoneId = undone }));

    /// <summary>Sends an erasure, again where it says so.</summary>
    public Task<ErasureReceipt> EraseAsync(string id, string operation, string? imageId = null) => Answer.GetAsync(
        () => Grain(id).EraseAsync(new EraseRequest { OperationId = operation, ImageId = imageId }));

    /// <summary>A transfer that has happened.</summary>
    public void Moved(string from, string to, params string[]? imageIds)
    {
        List<ImageToEnrol> moved = [.. _images[from].Where(image => imageIds?.Contains(image.ImageId) ?? true)];
        _images[from].RemoveAll(moved.Contains);
        moved.ForEach(image => Note(to, image));
    }

    /// <summary>An erasure that has happened.</summary>
    /// <returns>What it took.</returns>
    public ImageToEnrol[] Erased(string id, string? imageId = null)
    {
        ImageToEnrol[] erased = [.. _images[id].Where(image => imageId is null || image.ImageId == imageId)];
        _images[id].RemoveAll(erased.Contains);
        return erased;
    }

    public string HashOf(string id) => SumOf(id).ComputeHash(id).ToString();

    /// <summary>Compares the store, the rows and the answers with what was done.</summary>
    public async Task AssertAsync()
    {
        VerificationReport report = await cluster.Gallery("people").VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Empty(report.Differences);
        Assert.Equal(_images.Values.Sum(images => images.Count), report.Images);
        Assert.Equal(report.Hash, (await cluster.Gallery("people").DescribeAsync()).RootHash);
        foreach (string id in _images.Keys)
        {
            await AssertAsync(id);
        }
    }

    private async Task AssertAsync(string id)
    {
        IdentityCentroid sum = SumOf(id);
        if (sum.Count == 0)
        {
            await Assert.ThrowsAsync<IdentityNotFoundException>(() => Answer.GetAsync(() => Grain(id).GetAsync(false)));
            return;
        }

        IdentitySnapshot snapshot = await Answer.GetAsync(() => Grain(id).GetAsync(false));
        Assert.Equal((sum.Count, HashOf(id)), (snapshot.Count, snapshot.Hash));
        float[] unit = new float[Dimension];
        Assert.True(sum.TryGetCentroid(unit));
        SearchAnswer answer = await cluster.SearchAsync(gallery, unit, 1);
        Assert.Equal((id, sum.Count), (answer.Matches[0].IdentityId, answer.Matches[0].Count));
        ImageToEnrol image = _images[id][0];
        EnrolledImage stored = await Answer.GetAsync(() => Grain(id).GetImageAsync(image.ImageId));
        Assert.Equal(image.Embedding.Bytes, stored.Embedding!.Value.Bytes);
    }

    public static string IdIn(int partition, string name = "p") => Enumerable.Range(0, int.MaxValue)
        .Select(i => $"{name}{i}").First(id => PartitionFunction.PartitionOf(id, Partitions) == partition);

    private void Note(string id, ImageToEnrol image)
    {
        if (!_images.TryGetValue(id, out List<ImageToEnrol>? images))
        {
            _images.Add(id, images = []);
        }

        images.Add(image);
    }

    private IdentityCentroid SumOf(string id)
    {
        IdentityCentroid sum = new(Dimension);
        foreach (ImageToEnrol image in _images[id])
        {
            sum.Add(image.Facet, image.Embedding.Components);
        }

        return sum;
    }
}
