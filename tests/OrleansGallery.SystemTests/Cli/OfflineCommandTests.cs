using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>Models and arrays without a server, and what the service then takes of them.</summary>
public sealed class OfflineCommandTests(RunningService service) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EmbedSimilarIngest_OfFolders_FitEachOther()
    {
        Pictures();
        EmbedSummary images = await JsonAsync<EmbedSummary>(
            "embed", _folder.File("images"), "--out", _folder.File("a"), "--models", Models);
        EmbedSummary centroids = await JsonAsync<EmbedSummary>(
            "embed", _folder.File("images"), "--out", _folder.File("b"), "--models", Models, "--centroids", "folder");
        Assert.Equal((4, 4, 512, DefaultModel.Id), (images.Images, images.Vectors, images.Dimension, images.Model));
        Assert.Equal(2, centroids.Vectors);
        EmbeddingOrigin origin = EmbeddingOrigin.Read(_folder.File("a"))!;
        Assert.Equal(("float32", "cpu"), (origin.Precision, origin.Device));
        Assert.Equal(("float32", "cpu"), (images.Precision, images.Device));
        Assert.Equal(["blue", "red"], EmbeddingSet.Read(_folder.File("b")).Paths);

        string file = _folder.File("similar.json");
        (int code, _, string error) = await RunAsync(
            "similar", "--gallery", _folder.File("b"), "--queries", _folder.File("images/red"), "--top", "1",
            "--normalize", "--out", file, "--models", Models);
        Assert.True(code == 0, error);
        SimilarDocument document = JsonSerializer.Deserialize<SimilarDocument>(
            await File.ReadAllTextAsync(file, Cancelled), GalleryJson.Options)!;
        Assert.Equal(["red", "red"], document.Results.Select(result => Assert.Single(result.Paths)));

        string gallery = await service.CreateGalleryAsync(new CreateGalleryRequest { Dimension = 512 });
        Assert.Equal(4, (await IngestAsync(gallery, "a")).Enrolled);
        Assert.Equal(2, (await service.Client.GetIdentityAsync(gallery, "red", Cancelled)).Count);
        Assert.Equal(2, (await IngestAsync(gallery, "b")).Enrolled);
        Assert.Equal(3, (await service.Client.GetIdentityAsync(gallery, "red", Cancelled)).Count);
        Assert.Equal(2, (await IngestAsync(gallery, "b")).Duplicates);
    }

    [Fact]
    public async Task Model_ImportListInspect_AgreeAboutTheModel()
    {
        string source = DefaultModel.EnsureCreated(_folder.File("made"));
        ModelDescription imported = await JsonAsync<ModelDescription>("model", "import", source, "--models", Models);
        Assert.Equal(DefaultModel.Id, imported.Id);
        ModelList list = await JsonAsync<ModelList>("model", "list", "--models", Models);
        Assert.Equal(imported.Id, Assert.Single(list.Models).Id);
        Inspection inspection = await JsonAsync<Inspection>("model", "inspect", imported.Id, "--models", Models);
        Assert.Equal((imported.Sha256, "compact-resnet"), (inspection.Sha256, inspection.Architecture));
        Assert.Null(inspection.Difference);
        Assert.Contains(inspection.Tensors, tensor => tensor.Name == "bn.weight" && tensor.Shape is [512]);
    }

    [Fact]
    public async Task Evaluate_SetsThatEmbedWrote_AreJudgedByIdentity()
    {
        Pictures();
        foreach (string set in new[] { "gallery", "query" })
        {
            (int code, _, string error) = await RunAsync(
                "embed", _folder.File("images"), "--out", _folder.File(set), "--models", Models);
            Assert.True(code == 0, error);
        }

        EvaluationDocument document = await JsonAsync<EvaluationDocument>(
            "evaluate", "embedded", "--gallery", _folder.File("gallery"), "--queries", _folder.File("query"));
        Assert.Equal((4, 4, 2), (document.Instance!.Queries, document.Instance.Gallery, document.Centroid.Gallery));
        Assert.Equal(1, document.Instance!.Rank1);
        (int missing, _, _) = await RunAsync(
            "evaluate", "embedded", "--gallery", _folder.File("gallery"), "--queries", _folder.File("none"));
        Assert.Equal(1, missing);
    }

    [Theory]
    [InlineData("model", "import", "/no/such.pth")]
    [InlineData("model", "inspect", "nobody")]
    [InlineData("embed", "/no/such", "--out", "/tmp/never")]
    [InlineData("similar", "--gallery", "/no/such", "--queries", "/no/such")]
    public async Task RunAsync_WhatIsNotThere_Is1WithOneLine(params string[] args)
    {
        (int code, string output, string error) = await RunAsync([.. args, "--models", Models]);
        Assert.Equal((1, ""), (code, output));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("embed", "x")]
    [InlineData("embed", "x", "--out", "y", "--centroids", "colour")]
    [InlineData("similar", "--gallery", "x", "--queries", "y", "--top", "-1")]
    [InlineData("model", "import", "x", "--input", "big")]
    [InlineData("ingest", "g", "--vectors", "v.npy")]
    [InlineData("ingest", "g", "p", "--vectors", "v.npy", "--paths", "p.npy")]
    public async Task RunAsync_WrongUsage_Is2(params string[] args)
    {
        (int code, _, string error) = await RunAsync(args);
        Assert.Equal(2, code);
        Assert.NotEmpty(error);
    }

    public void Dispose() => _folder.Dispose();

    private string Models => _folder.File("models");

    private void Pictures()
    {
        foreach ((string identity, byte level) in new[] { ("red", (byte)220), ("blue", (byte)10) })
        {
            Directory.CreateDirectory(_folder.File($"images/{identity}"));
            for (int i = 0; i < 2; i++)
            {
                byte[] rgb = new byte[32 * 32 * 3];
                for (int p = 0; p < rgb.Length; p += 3)
                {
                    (rgb[p], rgb[p + 1], rgb[p + 2]) = (level, (byte)((p * (i + 7)) % 90), (byte)(255 - level));
                }

                File.WriteAllBytes(_folder.File($"images/{identity}/{i}.png"), PngFile.Rgb(32, 32, rgb));
            }
        }
    }

    private Task<IngestSummary> IngestAsync(string gallery, string set) => JsonAsync<IngestSummary>(
        "ingest", gallery, "--vectors", _folder.File($"{set}/embeddings.npy"), "--paths",
        _folder.File($"{set}/paths.npy"));

    private async Task<T> JsonAsync<T>(params string[] args)
    {
        (int code, string output, string error) = await RunAsync([.. args, "--json"]);
        Assert.True(code == 0, error);
        return JsonSerializer.Deserialize<T>(output, GalleryJson.Options)!;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(
            [.. args, "--url", service.Url.GetLeftPart(UriPartial.Authority)],
            TextWriter.Synchronized(output),
            TextWriter.Synchronized(error));
        return (code, output.ToString(), error.ToString());
    }
}
