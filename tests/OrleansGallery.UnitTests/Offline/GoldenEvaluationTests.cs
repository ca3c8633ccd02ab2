using System.Text.Json;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Every run of every golden data set: metrics, per-query values, centroids and the first ranks.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenEvaluationTests
{
    private const double Exact = 1e-9;

    [Fact]
    public void Run_EveryGoldenRun_HasTheGoldenFigures()
    {
        int runs = 0;
        foreach (string expected in Goldens.Find("evaluations", "eval", "*_expected.json"))
        {
            string stem = expected[..^"_expected.json".Length];
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(expected));
            EvaluationData data = Load(stem, document.RootElement.GetProperty("num_query").GetInt32());
            foreach (JsonElement run in document.RootElement.GetProperty("runs").EnumerateArray())
            {
                Check(data, run, stem);
                runs++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs");
    }

    private static void Check(EvaluationData data, JsonElement run, string stem)
    {
        bool centroid = run.GetProperty("mode").GetString() == "centroid";
        EvaluationOptions options = new()
        {
            Protocol = run.GetProperty("respect_camids").GetBoolean()
                ? EvaluationProtocol.Reid
                : EvaluationProtocol.Fashion,
            Distance = run.GetProperty("distance").GetString() == "cosine"
                ? EvaluationDistance.Cosine
                : EvaluationDistance.Euclidean,
            Normalize = run.GetProperty("feat_norm").GetBoolean(),
            ReferenceCompatible = run.GetProperty("camid_lookup").GetString() == "seed_bug",
        };
        EvaluationReport report = RetrievalEvaluation.Run(data, options, TestContext.Current.CancellationToken);
        ModeResult result = centroid ? report.Centroid : report.Instance;
        string where = $"{Path.GetFileName(stem)} run {run.GetProperty("run")}";

        Assert.True(result.Gallery == run.GetProperty("n_gallery").GetInt32(), where);
        Assert.Equal(Integers(run, "valid_query_index"), result.Queries.Select(query => query.Query));
        Assert.Equal(run.GetProperty("mAP").GetDouble(), result.MeanAveragePrecision!.Value, Exact);
        Assert.All(
            run.GetProperty("AP").EnumerateArray().Zip(result.Queries),
            pair => Assert.Equal(pair.First.GetDouble(), pair.Second.AveragePrecision, Exact));
        foreach (JsonProperty top in run.GetProperty("topk").EnumerateObject())
        {
            Assert.Equal(
                top.Value.GetDouble(),
                result.HitRate(int.Parse(top.Name, System.Globalization.CultureInfo.InvariantCulture))!.Value, Exact);
        }

        CheckGallery(data, options, run, centroid, stem);
    }

    private static void CheckGallery(
        EvaluationData data, EvaluationOptions options, JsonElement run, bool centroid, string stem)
    {
        GalleryItems items = new(data, options);
        List<GalleryItem> gallery = centroid
            ? items.Centroids(options.Protocol == EvaluationProtocol.Fashion)
            : items.Instances(keepUnqueried: true);
        int query = 0;
        foreach (JsonElement order in run.GetProperty("top10_gallery_index").EnumerateArray())
        {
            Assert.Equal(
                order.EnumerateArray().Select(place => place.GetInt32()),
                RetrievalEvaluation.Order(data, options, gallery, query++).Take(order.GetArrayLength()));
        }

        if (centroid)
        {
            Assert.Equal(Integers(run, "centroid_labels"), gallery.Select(item => (int)item.Label));
        }

        if (centroid && run.GetProperty("centroid_camids").ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(
                run.GetProperty("centroid_camids").EnumerateArray()
                    .Select(set => string.Join(',', set.EnumerateArray().Select(facet => facet.GetInt64()))),
                gallery.Select(item => string.Join(',', item.Facets)));
        }

        if (run.TryGetProperty("centroids_file", out JsonElement file))
        {
            CheckCentroids(data, options, Path.Combine(Path.GetDirectoryName(stem)!, file.GetString()!));
        }
    }

    // The reference averages in float32, so its means differ from exact ones in the last bits.
    private static void CheckCentroids(EvaluationData data, EvaluationOptions options, string file)
    {
        NpyArray<float> expected = NpyFile.Read<float>(file);
        List<GalleryItem> raw = new GalleryItems(data, options with { Normalize = false })
            .Centroids(options.Protocol == EvaluationProtocol.Fashion);
        Assert.Equal(expected.Shape[0], raw.Count);
        for (int i = 0; i < raw.Count; i++)
        {
            for (int j = 0; j < data.Dimension; j++)
            {
                Assert.Equal(expected.Values[(i * data.Dimension) + j], raw[i].Vector[j], 1e-5f);
            }
        }
    }

    private static EvaluationData Load(string stem, int queries)
    {
        NpyArray<float> embeddings = NpyFile.Read<float>($"{stem}_embeddings.npy");
        return new EvaluationData(
            [.. embeddings.Values],
            (int)embeddings.Shape[1],
            [.. NpyFile.Read<long>($"{stem}_labels.npy").Values],
            [.. NpyFile.Read<long>($"{stem}_camids.npy").Values],
            queries);
    }

    private static IEnumerable<int> Integers(JsonElement run, string name) =>
        run.GetProperty(name).EnumerateArray().Select(value => value.GetInt32());
}
