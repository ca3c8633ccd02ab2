using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A calibration outlives the process, and is renewed when its gallery has doubled.</summary>
public sealed class CalibrationRenewalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renew_AfterTheGalleryHasDoubled_MeasuresOnceAtTheSameRate()
    {
        CalibrationResponse first;
        await using (GalleryCluster cluster = await StartAsync())
        {
            Gallery made = await cluster.CreateAsync("people", partitions: 2);
            await EnrolAsync(cluster, made, 0, 20);
            first = await cluster.Gallery("people").CalibrateAsync(
                new CalibrateRequest { Fpir = 0.2, Apply = true, Seed = 5 }, Token);
            await RenewAsync(cluster);
            Assert.Equal(first.MeasuredAt, (await cluster.Gallery("people").GetCalibrationAsync()).MeasuredAt);
        }

        await using GalleryCluster again = await StartAsync();
        Gallery gallery = await again.Gallery("people").GetAsync();
        Assert.Equal((first.Threshold, 0.2), (gallery.Threshold, gallery.Calibration!.Fpir));
        Assert.Empty(gallery.Calibration.Curve);
        await EnrolAsync(again, gallery, 20, 40);
        Assert.True((await again.Gallery("people").GetCalibrationAsync()).Stale);

        await RenewAsync(again);

        CalibrationResponse renewed = await again.Gallery("people").GetCalibrationAsync();
        Assert.Equal(
            (0.2, 5, 40L, 80L, 80, false),
            (renewed.Fpir, renewed.Seed, renewed.GalleryIdentities, renewed.GalleryImages, renewed.Images,
                renewed.Stale));
        Assert.Equal(renewed.Threshold, (await again.Gallery("people").GetAsync()).Threshold);
        Assert.Equal(101, renewed.Curve.Count);
        Assert.False(await again.Gallery("people").RenewCalibrationAsync(Token));
    }

    [Fact]
    public async Task Calibrate_MoreThanTheSampleTakes_ReadsSomeOfEveryIdentity()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people", partitions: 2);
        await EnrolAsync(cluster, gallery, 0, 12);
        CalibrationSample sample = new(cluster.Store, gallery, 1);

        IReadOnlyList<(string IdentityId, int Images)> chosen = await sample.ChooseAsync(Token);
        (VectorBytes embedding, double? genuine) = Assert.Single(await sample.ReadAsync("p3", 1, Token));

        Assert.Equal(12, chosen.Count);
        Assert.All(chosen, identity => Assert.Equal(2, identity.Images));
        // Of two images each is compared with the other.
        float[][] both = [.. Enumerable.Range(0, 2).Select(image => SyntheticVectors.Embedding(3, image, 16))];
        Assert.Contains(both, vector => embedding.Components.SequenceEqual(vector));
        double expected = Dot(both[0], both[1]) / Math.Sqrt(Dot(both[0], both[0]) * Dot(both[1], both[1]));
        Assert.Equal(expected, genuine!.Value, 1e-6);
        Assert.Empty(await sample.ReadAsync("nobody", 1, Token));
    }

    [Fact]
    public async Task Calibrate_ImagesOfTheSameNames_ReadsNotTheSameNameOfAll()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("products", partitions: 2);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => cluster.Identity(gallery, $"p{i / 2}").EnrolAsync(
            Images.Of(i / 2, i % 2) with { ImageId = i % 2 == 0 ? "front" : "back" })));
        CalibrationSample sample = new(cluster.Store, gallery, 1);

        int fronts = 0;
        for (int i = 0; i < 20; i++)
        {
            (VectorBytes embedding, _) = Assert.Single(await sample.ReadAsync($"p{i}", 1, Token));
            fronts += embedding.Components.SequenceEqual(SyntheticVectors.Embedding(i, 0, 16)) ? 1 : 0;
        }

        Assert.InRange(fronts, 3, 17);
    }

    [Theory]
    [InlineData(10, 4, 2, 4)]
    [InlineData(7, 3, 2, 2)]
    [InlineData(2, 1, 1, 0)]
    [InlineData(100, 5, 2, 9)]
    public void TakeInRounds_OfUnequalCounts_TakesOneOfEachInTurn(int most, params int[] expected) =>
        Assert.Equal(expected, CalibrationSample.TakeInRounds([5, 2, 9], most));

    [Fact]
    public async Task Renew_Impossible_IsTriedAgainOnlyWhenMoreAreEnrolled()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people", partitions: 2);
        await EnrolAsync(cluster, gallery, 0, 20);
        CalibrationResponse first = await cluster.Gallery("people").CalibrateAsync(
            new CalibrateRequest { Fpir = 0.2, Apply = true }, Token);
        await EnrolSameAsync(20, 60);
        await Assert.ThrowsAsync<CalibrationImpossibleException>(
            () => cluster.Gallery("people").RenewCalibrationAsync(Token));

        Assert.False(await cluster.Gallery("people").RenewCalibrationAsync(Token));
        await RenewAsync(cluster);

        Assert.True((await cluster.Gallery("people").GetAsync()).Calibration!.Stale);
        Assert.Equal(first.Threshold, (await cluster.Gallery("people").GetAsync()).Threshold);
        await EnrolSameAsync(60, 70);
        await Assert.ThrowsAsync<CalibrationImpossibleException>(
            () => cluster.Gallery("people").RenewCalibrationAsync(Token));

        Task EnrolSameAsync(int begin, int end) => Task.WhenAll(Enumerable.Range(begin, end - begin).Select(
            i => cluster.Identity(gallery, $"p{i}").EnrolAsync(Images.Of(1_000, 0) with { ImageId = $"{i}" })));
    }

    [Theory]
    [InlineData(true, false, nameof(UnconfirmedSearchException))]
    [InlineData(false, true, nameof(IncompleteSearchException))]
    [InlineData(true, true, null)]
    public void FindFault_AnswerThatIsNotOfTheLastRows_IsNoMeasurement(bool isWhole, bool isConfirmed, string? fault)
    {
        SearchAnswer answer = new()
        {
            Matches = [], Asked = 2, Answered = isWhole ? 2 : 1, Missing = isWhole ? [] : [1],
            IsConfirmed = isConfirmed, SlowestScan = TimeSpan.Zero, Evidence = new(),
        };
        Assert.Equal(fault, PatientSearch.FindFault(answer, 3)?.GetType().Name);
    }

    public void Dispose() => _folder.Dispose();

    private static double Dot(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();

    private static Task RenewAsync(GalleryCluster cluster) =>
        cluster.Silos[0].ServiceProvider.GetRequiredService<CalibrationUpkeep>().RenewAsync(Token);

    private static async Task EnrolAsync(GalleryCluster cluster, Gallery gallery, int first, int end) =>
        await Task.WhenAll(
            Enumerable.Range(2 * first, 2 * (end - first)).Select(i =>
                cluster.Identity(gallery, $"p{i / 2}").EnrolAsync(Images.Of(i / 2, i % 2))));

    private Task<GalleryCluster> StartAsync() => GalleryCluster.StartAsync(_folder.File("gallery.db"));
}
