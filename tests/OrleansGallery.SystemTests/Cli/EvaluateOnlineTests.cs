using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery evaluate online</c> reports what the offline evaluation reports of the same images.</summary>
public sealed class EvaluateOnlineTests : IDisposable
{
    private const double Exact = 1e-9;

    private readonly PictureFolder _folder = new();
    private readonly RunningService _service;
    private readonly GalleryCommand _gallery;

    public EvaluateOnlineTests(RunningService service)
    {
        _service = service;
        _gallery = new GalleryCommand(service, _folder.Models);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [Trait("Category", "Golden")]
    [InlineData("reid", false)]
    [InlineData("fashion", false)]
    [InlineData("reid", true)]
    public async Task Online_GoldenSets_GiveTheOfflineAndTheGoldenFigures(string kind, bool asFashion)
    {
        EvaluationProtocol protocol = kind == "reid" && !asFashion
            ? EvaluationProtocol.Reid
            : EvaluationProtocol.Fashion;
        foreach (string expected in Goldens.Find($"{kind} evaluations", "eval", $"{kind}_*_expected.json"))
        {
            using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(expected));
            EvaluationData data = Load(
                expected[..^"_expected.json".Length], golden.RootElement.GetProperty("num_query").GetInt32());
            string gallery = await EnrolAsync(data);
            OnlineEvaluation evaluation = new(_service.Client, gallery, protocol);
            EvaluationDocument online = await evaluation.RunAsync(
                [.. Enumerable.Range(0, data.Queries).Select(row => new OnlineQuery
                {
                    Name = $"{row}",
                    Query = new ServedQuery(NameOf(data, row), FacetOf(data, row)),
                    Vector = data.Embedding(row).ToArray(),
                })],
                _ => { },
                Cancelled);
            EvaluationOptions options = new() { Protocol = protocol };
            EvaluationDocument offline = EvaluationDocument.Of(
                RetrievalEvaluation.Run(data, options, Cancelled), options, data.Queries);
            AssertSame(offline.Centroid, online.Centroid);
            AssertSame(offline.CentroidOther, online.CentroidOther);
            Assert.Null(online.Instance);
            Assert.Equal(0, evaluation.Beyond);
            if (!asFashion)
            {
                Assert.Equal(GoldenMean(golden, protocol), online.Centroid.MeanAveragePrecision!.Value, Exact);
            }
        }
    }

    [Fact]
    public async Task Online_Market1501_IsWhatImagesAre()
    {
        _folder.Add("market1501/query", "0001_c1s1_1_00.png", "0002_c2s1_1_00.png", "0003_c1s1_1_00.png");
        _folder.Add(
            "market1501/bounding_box_test", "0001_c1s1_2_00.png", "0001_c2s1_3_00.png", "0002_c1s1_4_00.png",
            "0002_c3s1_5_00.png", "0000_c3s1_6_00.png");
        string gallery = await _service.CreateGalleryAsync(
            new CreateGalleryRequest { Model = ModelStore.DefaultName });
        string data = _folder.File(".");
        await _gallery.JsonAsync<IngestSummary>(0, "ingest", gallery, data, "--layout", "market1501");
        EvaluationDocument offline = await _gallery.JsonAsync<EvaluationDocument>(
            0, "evaluate", "images", "--checkpoint", "default", "--layout", "market1501", "--data", data);
        foreach (string queries in (string[])[data, _folder.File("market1501/query")])
        {
            EvaluationDocument online = await _gallery.JsonAsync<EvaluationDocument>(
                0, "evaluate", "online", gallery, "--layout", "market1501", "--queries", queries);
            Assert.Equal("reid", online.Protocol);
            Assert.Equal(2, online.Centroid.Queries);
            AssertSame(offline.Centroid, online.Centroid);
            AssertSame(offline.CentroidOther, online.CentroidOther);
        }

        (int code, string table, _) = await _gallery.RunAsync(
            "evaluate", "online", gallery, "--layout", "market1501", "--queries", data);
        Assert.Equal(0, code);
        Assert.DoesNotContain("single image", table, StringComparison.Ordinal);
        Assert.Contains("1 queries have nothing correct", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Online_QueryThatIsNoImage_IsLeftOutAndNamed()
    {
        _folder.Add("queries/anna", "a.png", "b.png");
        string gallery = await _service.CreateGalleryAsync(
            new CreateGalleryRequest { Model = ModelStore.DefaultName });
        await _gallery.JsonAsync<IngestSummary>(0, "ingest", gallery, _folder.File("queries"));
        _folder.Write("queries/anna/c.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0]);
        (int code, string output, string error) = await _gallery.RunAsync(
            "evaluate", "online", gallery, "--queries", _folder.File("queries"), "--json");
        Assert.True(code == 0, error);
        Assert.Contains("left out: anna/c.png", error, StringComparison.Ordinal);
        EvaluationDocument document = JsonSerializer.Deserialize<EvaluationDocument>(output, GalleryJson.Options)!;
        Assert.Equal(("fashion", 2, 0), (
            document.Protocol, document.Centroid.Queries, document.Centroid.QueriesWithoutMatch));
        Assert.Equal(1, document.Centroid.Rank1);
    }

    private static void AssertSame(ModeDocument expected, ModeDocument actual)
    {
        Assert.Equal(expected.Queries, actual.Queries);
        Assert.Equal(expected with { SearchMs = 0 }, actual with
        {
            SearchMs = 0,
            MeanAveragePrecision = Near(expected.MeanAveragePrecision, actual.MeanAveragePrecision),
            MeanInverseNegativePenalty =
                Near(expected.MeanInverseNegativePenalty, actual.MeanInverseNegativePenalty),
        });
    }

    private static double? Near(double? expected, double? actual)
    {
        Assert.Equal(expected ?? -1, actual ?? -1, Exact);
        return expected;
    }

    private static double GoldenMean(JsonDocument golden, EvaluationProtocol protocol) =>
        golden.RootElement.GetProperty("runs").EnumerateArray().Single(run =>
            run.GetProperty("mode").GetString() == "centroid" && run.GetProperty("feat_norm").GetBoolean()
            && run.GetProperty("distance").GetString() == "euclidean"
            && run.GetProperty("camid_lookup").GetString() != "seed_bug"
            && run.GetProperty("respect_camids").GetBoolean() == (protocol == EvaluationProtocol.Reid))
            .GetProperty("mAP").GetDouble();

    private static string NameOf(EvaluationData data, int row) => $"{data.Labels[row]:D6}";

    private static string FacetOf(EvaluationData data, int row) => $"c{data.Facets[row]}";

    private async Task<string> EnrolAsync(EvaluationData data)
    {
        string gallery = await _service.CreateGalleryAsync(new CreateGalleryRequest { Dimension = data.Dimension });
        await foreach (IngestAck ack in _service.Client.IngestAsync(
            gallery,
            Enumerable.Range(data.Queries, data.Gallery).Select(row => new IngestItem
            {
                Seq = row,
                Identity = NameOf(data, row),
                ImageId = $"{row}",
                Facet = FacetOf(data, row),
                Vector = data.Embedding(row).ToArray(),
            }).ToAsyncEnumerable(),
            cancellationToken: Cancelled))
        {
            Assert.Equal(EnrolStatus.Searchable, ack.Status);
        }

        return gallery;
    }

    private static EvaluationData Load(string stem, int queries)
    {
        NpyArray<float> embeddings = NpyFile.Read<float>($"{stem}_embeddings.npy");
        return new EvaluationData(
            [.. embeddings.Values], embeddings.Shape[1], [.. NpyFile.Read<long>($"{stem}_labels.npy").Values],
            [.. NpyFile.Read<long>($"{stem}_camids.npy").Values], queries);
    }
}
