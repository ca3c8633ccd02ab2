using System.Text.Json;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>The paper's inference scripts: identities of paths, centroids, ranked lists.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenInferenceTests
{
    private const string Suffix = "_expected.json";

    private static IReadOnlyList<string> Cases => Goldens.Find("inference cases", "misc", $"inference*{Suffix}");

    [Fact]
    public void Group_BothRules_GiveTheGoldenIdentities()
    {
        foreach (string path in Cases)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            string[] paths = NpyFile.ReadText(Part(path, "paths")).Values;
            JsonElement expected = document.RootElement.GetProperty("pid_index_parent_dir");
            AssertGroups(expected, IdentityNames.Of(IdentityRule.Folder, paths).Group(paths));

            // Of this rule the file has the answer only; any name may follow the last underscore.
            JsonElement prefixes = document.RootElement.GetProperty("pid_index_filename_rule");
            string[] named = [.. prefixes.EnumerateObject()
                .SelectMany(item => item.Value.EnumerateArray().Select(row => (Row: row.GetInt32(), item.Name)))
                .OrderBy(item => item.Row)
                .Select(item => $"{item.Name}_{item.Row}.jpg")];
            AssertGroups(prefixes, IdentityNames.Of(IdentityRule.Prefix, named).Group(named));
        }
    }

    [Fact]
    public void Centroids_OfTheGoldenSet_AreEqual()
    {
        foreach (string path in Cases)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            EmbeddingSet images = Gallery(path, centroids: false);
            EmbeddingSet centroids = images.Centroids(IdentityNames.Of(IdentityRule.Folder, images.Paths));
            EmbeddingSet expected = Gallery(path, centroids: true);

            Assert.Equal(
                document.RootElement.GetProperty("centroid_pids").EnumerateArray().Select(name => name.GetString()!),
                centroids.Paths);
            Assert.Equal(expected.Paths, centroids.Paths);
            for (int i = 0; i < expected.Values.Length; i++)
            {
                Assert.Equal(expected.Values[i], centroids.Values[i], 1e-6f);
            }
        }
    }

    [Fact]
    public void Rank_EveryRun_HasTheGoldenOrderAndDistances()
    {
        foreach (string path in Cases)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            NpyArray<float> vectors = NpyFile.Read<float>(Part(path, "query_embeddings"));
            EmbeddingSet queries = new(
                vectors.Values,
                vectors.Shape[1],
                [.. Enumerable.Range(0, vectors.Shape[0]).Select(row => $"query {row}")]);
            foreach (JsonElement run in document.RootElement.GetProperty("similar").EnumerateArray())
            {
                AssertRun(run, Gallery(path, run.GetProperty("gallery").GetString() == "centroids"), queries);
            }
        }
    }

    private static void AssertRun(JsonElement run, EmbeddingSet gallery, EmbeddingSet queries)
    {
        IReadOnlyList<SimilarResult> results = SimilarRanking.Rank(
            gallery,
            queries,
            run.GetProperty("distance").GetString() == "cosine" ? SimilarDistance.Cosine : SimilarDistance.Euclidean,
            run.GetProperty("normalize_features").GetBoolean(),
            0);
        for (int i = 0; i < results.Count; i++)
        {
            Assert.Equal(
                run.GetProperty("indices")[i].EnumerateArray().Select(row => row.GetInt32()), results[i].Indices);
            Assert.Equal(
                run.GetProperty("paths")[i].EnumerateArray().Select(name => name.GetString()!), results[i].Paths);
            double[] expected = [.. run.GetProperty("distances")[i].EnumerateArray()
                .Select(value => value.GetDouble())];
            for (int rank = 0; rank < expected.Length; rank++)
            {
                Assert.Equal(expected[rank], results[i].Distances[rank], 1e-5 * Math.Max(1, expected[rank]));
            }
        }
    }

    private static void AssertGroups(
        JsonElement expected, IReadOnlyList<(string Identity, IReadOnlyList<int> Rows)> actual)
    {
        Assert.Equal(expected.EnumerateObject().Select(item => item.Name), actual.Select(group => group.Identity));
        foreach ((string identity, IReadOnlyList<int> rows) in actual)
        {
            Assert.Equal(expected.GetProperty(identity).EnumerateArray().Select(row => row.GetInt32()), rows);
        }
    }

    private static EmbeddingSet Gallery(string path, bool centroids) => centroids
        ? EmbeddingSet.Read(Part(path, "centroid_embeddings"), Part(path, "centroid_paths"))
        : EmbeddingSet.Read(Part(path, "embeddings"), Part(path, "paths"));

    private static string Part(string path, string name) => $"{path[..^Suffix.Length]}_{name}.npy";
}
