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
                new CalibrateRequest { Fpir = 0.1, Apply = true, Seed = 5 }, Token);
            await RenewAsync(cluster);
            Assert.Equal(first.MeasuredAt, (await cluster.Gallery("people").GetCalibrationAsync()).MeasuredAt);
        }

        await using GalleryCluster again = await StartAsync();
        Gallery gallery = await again.Gallery("people").GetAsync();
        Assert.Equal((first.Threshold, 0.1), (gallery.Settings.Threshold, gallery.Calibration!.Fpir));
        Assert.Empty(gallery.Calibration.Curve);
        await EnrolAsync(again, gallery, 20, 40);
        Assert.True((await again.Gallery("people").GetCalibrationAsync()).Stale);

        await RenewAsync(again);

        CalibrationResponse renewed = await again.Gallery("people").GetCalibrationAsync();
        Assert.Equal(
            (0.1, 5, 40L, 80L, 80, false),
            (renewed.Fpir, renewed.Seed, renewed.GalleryIdentities, renewed.GalleryImages, renewed.Images,
                renewed.Stale));
        Assert.Equal(renewed.Threshold, (await again.Gallery("people").GetAsync()).Settings.Threshold);
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

        IReadOnlyList<string> chosen = await sample.ChooseAsync(Token);
        (VectorBytes embedding, double? genuine) = Assert.Single(await sample.ReadAsync("p3", 1, Token));

        Assert.Equal(12, chosen.Count);
        // Of two images each is compared with the other.
        float[][] both = [.. Enumerable.Range(0, 2).Select(image => SyntheticVectors.Embedding(3, image, 16))];
        Assert.Contains(both, vector => embedding.Components.SequenceEqual(vector));
        double expected = Dot(both[0], both[1]) / Math.Sqrt(Dot(both[0], both[0]) * Dot(both[1], both[1]));
        Assert.Equal(expected, genuine!.Value, 1e-6);
        Assert.Empty(await sample.ReadAsync("nobody", 1, Token));
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
