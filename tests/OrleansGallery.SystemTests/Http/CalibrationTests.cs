using System.Text;
using System.Text.Json;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>A gallery's threshold by measurement: the routes, the client, the decision and the command line.</summary>
public sealed class CalibrationTests(RunningService service)
{
    private const int Dimension = 16;
    private const int Identities = 40;
    private const int ImagesEach = 10;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calibrate_AllImages_EqualsAPlainComputation()
    {
        string gallery = await FilledAsync(Identities, ImagesEach);
        GalleryResponse before = await service.Client.GetGalleryAsync(gallery, Cancelled);

        CalibrationResponse found = await service.Client.CalibrateAsync(
            gallery, new CalibrateRequest { Fpir = 0.05 }, Cancelled);

        (double Genuine, double Impostor)[] plain = Plain();
        double[] descending = [.. plain.Select(query => query.Impostor).OrderDescending()];
        Assert.Equal((descending[20] + descending[19]) / 2, found.Threshold, 1e-6);
        Assert.Equal((0.05, 0.05, false), (found.Fpir, found.MeasuredFpir, found.Applied));
        Assert.InRange(found.MeasuredFpir, found.FpirLow, found.FpirHigh);
        Assert.Equal(
            (400, 400, 40, 40L, 400L, 1),
            (found.Images, found.GenuineImages, found.Identities, found.GalleryIdentities, found.GalleryImages,
                found.Seed));
        Assert.Equal((before.RootHash, 101, 3.0 / 400), (found.RootHash, found.Curve.Count, found.SmallestFpir));
        // One score may lie within rounding of a point's threshold.
        Assert.All(found.Curve, point =>
        {
            Assert.Equal(plain.Average(query => query.Impostor >= point.Threshold ? 1.0 : 0), point.Fpir, 1.01 / 400);
            Assert.Equal(
                plain.Average(query => query.Genuine < point.Threshold || query.Genuine <= query.Impostor ? 1.0 : 0),
                point.Fnir!.Value, 1.01 / 400);
        });
        // It was only asked.
        Assert.Null((await service.Client.GetGalleryAsync(gallery, Cancelled)).Threshold);
        GalleryApiException none = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.GetCalibrationAsync(gallery, Cancelled));
        Assert.Equal((404, ErrorCodes.CalibrationNotFound), (none.Status, none.Code));
    }

    [Fact]
    public async Task Calibrate_Applied_DecidesSearchesUntilTheGalleryHasDoubled()
    {
        string gallery = await FilledAsync(Identities, ImagesEach);
        SearchRequest search = new() { Vector = SyntheticVectors.Embedding(1, 77, Dimension) };
        Assert.Equal(ThresholdSource.None, await SourceAsync(search));

        CalibrationResponse found = await service.Client.CalibrateAsync(
            gallery, new CalibrateRequest { Fpir = 0.01, Apply = true }, Cancelled);

        Assert.True(found.Applied);
        GalleryResponse calibrated = await service.Client.GetGalleryAsync(gallery, Cancelled);
        Assert.Equal(found.Threshold, calibrated.Threshold);
        Assert.Equal((0.01, 400, false), (
            calibrated.Calibration!.Fpir, calibrated.Calibration.Images, calibrated.Calibration.Stale));
        DecisionBasis basis = (await service.Client.SearchAsync(gallery, search, Cancelled)).DecidedBy!;
        Assert.Equal(
            (found.Threshold, ThresholdSource.Calibration, 0.01), (basis.Threshold, basis.Source, basis.Fpir));
        Assert.Equal(ThresholdSource.Request, await SourceAsync(search with { Threshold = 0.5 }));
        CalibrationResponse stored = await service.Client.GetCalibrationAsync(gallery, Cancelled);
        Assert.Equal(found.Curve, stored.Curve);
        Assert.Equal(found with { Curve = stored.Curve }, stored);

        await IngestAsync(gallery, Identities, 2 * Identities, ImagesEach);

        Assert.True((await service.Client.GetGalleryAsync(gallery, Cancelled)).Calibration!.Stale);
        Assert.True((await service.Client.GetCalibrationAsync(gallery, Cancelled)).Stale);

        async Task<ThresholdSource> SourceAsync(SearchRequest request) =>
            (await service.Client.SearchAsync(gallery, request, Cancelled)).DecidedBy!.Source;
    }

    [Theory]
    [InlineData(5, 10, 0.1, "5 identities", "at least 10")]
    [InlineData(20, 2, 0.01, "300 images", "there are 40", "0.075", "enrol more")]
    [InlineData(20, 2, 0.00001, "300,000 images", "10,000")]
    public async Task Calibrate_TooFewImages_SaysHowManyItTakes(
        int identities, int each, double fpir, params string[] words)
    {
        string gallery = await FilledAsync(identities, each);
        CalibrateRequest request = new() { Fpir = fpir, Apply = true };
        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.CalibrateAsync(gallery, request, Cancelled));
        Assert.Equal((422, ErrorCodes.CalibrationImpossible), (refused.Status, refused.Code));
        Assert.All(words, word => Assert.Contains(word, refused.Detail, StringComparison.Ordinal));
        Assert.Null((await service.Client.GetGalleryAsync(gallery, Cancelled)).Threshold);
    }

    [Fact]
    public async Task Calibrate_TheSameImagesUnderEveryIdentity_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(gallery, string.Join('\n', Enumerable.Range(0, 60).Select(
            i => $$"""{"identity":"p{{i % 20}}","imageId":"{{i}}","vector":[1,0,0,0]}""")));
        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.CalibrateAsync(gallery, new CalibrateRequest { Fpir = 0.1 }, Cancelled));
        Assert.Contains("score of 1", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"fpir":0}""")]
    [InlineData("""{"fpir":1}""")]
    [InlineData("""{"fpir":-0.1}""")]
    [InlineData("""{"fpir":"1 %"}""")]
    [InlineData("""{"threshold":0.5}""")]
    public async Task Calibrate_NotARequest_IsRefused(string body)
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}:calibrate", body);
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task CalibrateCommand_Apply_PrintsATableAndDrawsTheCurve()
    {
        string gallery = await FilledAsync(Identities, ImagesEach);
        using PictureFolder folder = new();
        GalleryCommand command = new(service, folder.Models);
        string plot = folder.File("curve.png");
        string[] calibrate = ["calibrate", gallery, "--fpir", "0.05", "--plot", plot];

        (int code, string text, string error) = await command.RunAsync([.. calibrate, "--apply"]);

        Assert.Equal((0, string.Empty), (code, error));
        Assert.All(
            (string[])["the gallery's from now on", "5 % (95 %:", "400 of 400", "40 of 40", "FNIR"],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(plot, Cancelled))[1..4]);
        (int again, _, string why) = await command.RunAsync(calibrate);
        Assert.Equal(1, again);
        Assert.Contains("is there already", why, StringComparison.Ordinal);
        (_, string shown, _) = await command.RunAsync("show", gallery);
        Assert.Contains("for an FPIR of 5 %, with 400 images", shown, StringComparison.Ordinal);
    }

    // Leave-one-out means and all dot products, in float64, without sums that anything shares.
    private static (double Genuine, double Impostor)[] Plain()
    {
        double[][][] images =
        [
            .. Enumerable.Range(0, Identities).Select(identity => Enumerable.Range(0, ImagesEach)
                .Select(image => Array.ConvertAll(
                    SyntheticVectors.Embedding(identity, image, Dimension, 0.8), component => (double)component))
                .ToArray()),
        ];
        return
        [
            .. Enumerable.Range(0, Identities).SelectMany(own => Enumerable.Range(0, ImagesEach).Select(image => (
                Cosine(images[own][image], Mean(images[own].Where((_, i) => i != image))),
                Enumerable.Range(0, Identities).Where(other => other != own)
                    .Max(other => Cosine(images[own][image], Mean(images[other])))))),
        ];
    }

    private static double[] Mean(IEnumerable<double[]> vectors) =>
        [.. Enumerable.Range(0, Dimension).Select(i => vectors.Average(vector => vector[i]))];

    private static double Cosine(double[] one, double[] other) =>
        Dot(one, other) / Math.Sqrt(Dot(one, one) * Dot(other, other));

    private static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();

    private async Task<string> FilledAsync(int identities, int each)
    {
        string gallery = await service.CreateGalleryAsync(new CreateGalleryRequest { Dimension = Dimension });
        await IngestAsync(gallery, 0, identities, each);
        return gallery;
    }

    private async Task IngestAsync(string gallery, int first, int end, int each)
    {
        StringBuilder lines = new();
        for (int identity = first; identity < end; identity++)
        {
            for (int image = 0; image < each; image++)
            {
                lines.AppendLine(JsonSerializer.Serialize(
                    new IngestItem
                    {
                        Identity = $"p{identity}", ImageId = $"{image}",
                        Vector = SyntheticVectors.Embedding(identity, image, Dimension, 0.8),
                    },
                    GalleryJson.Options));
            }
        }

        IReadOnlyList<IngestAck> acks = await service.IngestLinesAsync(gallery, lines.ToString());
        Assert.DoesNotContain(acks, ack => ack.Error is not null);
    }
}
