using Microsoft.Extensions.Logging.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Who learns a basis, who follows, and what happens to one that is damaged.</summary>
public sealed class GalleryCoderTests : IDisposable
{
    private static readonly CoderOptions Options = new() { MinRows = 64 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Run_ADamagedBasis_IsReplacedByALaterOne()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, dimension: 128);
        using Owner owner = await OwnAsync(gallery, rows: 200);
        await owner.Store.PutSearchBasisAsync(gallery.Number, 0, new StoredBasis(5, [1, 2, 3]), Token);

        Run(owner, gallery);

        StoredBasis stored = (await owner.Store.ReadSearchBasisAsync(gallery.Number, Token))!;
        Assert.Equal(6, stored.Version);
        Assert.Equal((6, 200), (BasisFile.Read(stored.Bytes).Version, BasisFile.Read(stored.Bytes).SampleRows));
        Assert.Equal(200, owner.Partition.Rows.MeasureResidual().Rows);
    }

    [Fact]
    public async Task Run_AnotherStoredABasisFirst_KeepsThatAndFollowsIt()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, dimension: 128);
        using Owner owner = await OwnAsync(gallery, rows: 200);
        SearchBasis theirs = BasisLearning.Learn(
            BasisSample.Take([owner.Partition.Rows.Whole], 100, Token), 128, 1, Token)!;
        byte[] bytes = BasisFile.Write(theirs);
        owner.Store.BeforePutBasis = () =>
        {
            owner.Store.BeforePutBasis = null;
            Assert.True(owner.Store.PutSearchBasisAsync(gallery.Number, 0, new StoredBasis(1, bytes), Token)
                .GetAwaiter().GetResult());
        };
        GalleryCoder coder = CoderOf(owner, gallery);

        coder.Run([owner.Partition], _ => { }, Token);
        Assert.Equal(0, owner.Partition.Rows.MeasureResidual().Rows);
        coder.Run([owner.Partition], _ => { }, Token);

        Assert.Equal(bytes, (await owner.Store.ReadSearchBasisAsync(gallery.Number, Token))!.Bytes);
        Assert.Equal(200, owner.Partition.Rows.MeasureResidual().Rows);
    }

    [Fact]
    public async Task Run_WithoutPartition0_LearnsNothingAndUsesWhatIsStored()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, dimension: 128, partitions: 2);
        using Owner owner = await OwnAsync(gallery, rows: 200, partition: 1);
        GalleryCoder coder = CoderOf(owner, gallery);
        coder.Run([owner.Partition], _ => { }, Token);
        Assert.Equal(0, await owner.Store.ReadSearchBasisVersionAsync(gallery.Number, Token));

        using Owner learner = await OwnAsync(gallery, rows: 300);
        Run(learner, gallery);
        coder.Run([owner.Partition], _ => { }, Token);

        Assert.Equal(1, await owner.Store.ReadSearchBasisVersionAsync(gallery.Number, Token));
        Assert.Equal(200, owner.Partition.Rows.MeasureResidual().Rows);
    }

    [Theory]
    [InlineData(16, 200, 0)]
    [InlineData(64, 63, 0)]
    [InlineData(64, 200, 200)]
    public async Task Run_DimensionsWithoutAFirstStage_AreCodedByTheSecondAlone(int dimension, int rows, int coded)
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, dimension);
        using Owner owner = await OwnAsync(gallery, rows);

        Run(owner, gallery);

        ScanQuery query = new(QueryVector.Normalize(new LowRank(dimension, 4, 1)[0]), 3);
        ScanEvidence evidence = TableScanner.Scan(query, [owner.Partition.Rows.Whole], 1, Token).Evidence;
        Assert.Equal((0, coded), (evidence.ProjectedBounded, evidence.QuantizedBounded));
        Assert.Equal(0, await owner.Store.ReadSearchBasisVersionAsync(gallery.Number, Token));
    }

    [Fact]
    public async Task Run_APartitionIsLostMeanwhile_ItIsLeftAlone()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, dimension: 64);
        using Owner owner = await OwnAsync(gallery, rows: 5000);
        int pieces = 0;

        CoderOf(owner, gallery).Run(
            [owner.Partition],
            _ =>
            {
                pieces++;
                owner.Partition.GiveUp("Lost.");
            },
            Token);

        Assert.Equal(1, pieces);
    }

    [Fact]
    public async Task Run_WhileItStops_EndsBetweenTwoPieces()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, dimension: 64);
        using Owner owner = await OwnAsync(gallery, rows: 5000);
        using CancellationTokenSource stopping = new();

        Assert.Throws<OperationCanceledException>(() => CoderOf(owner, gallery).Run(
            [owner.Partition], _ => stopping.Cancel(), stopping.Token));
    }

    public void Dispose() => _folder.Dispose();

    private static void Run(Owner owner, GalleryRecord gallery) =>
        CoderOf(owner, gallery).Run([owner.Partition], _ => { }, Token);

    private static GalleryCoder CoderOf(Owner owner, GalleryRecord gallery) =>
        new(
            gallery.Number, owner.Store, owner.Bases, owner.Writes, owner.Health, Options, TimeProvider.System,
            NullLogger.Instance);

    private async Task<Owner> OwnAsync(GalleryRecord gallery, int rows, int partition = 0)
    {
        Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery, partition);
        LowRank vectors = new(gallery.Dimension, 4, 1);
        BruteForce truth = new();
        for (int i = 0; i < rows; i++)
        {
            truth.Put($"p{i}", vectors[i]);
        }

        owner.Partition.Rows.Apply(1, truth.ToChanges());
        return owner;
    }
}
