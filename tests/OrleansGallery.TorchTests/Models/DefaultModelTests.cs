using System.Security.Cryptography;
using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Models;

public sealed class DefaultModelTests
{
    [Fact]
    public async Task EnsureCreated_TwoAtOnce_GiveTheKnownFile()
    {
        using TemporaryFolder folder = new();
        string[] paths = await Task.WhenAll(
            Task.Run(() => DefaultModel.EnsureCreated(folder.File("models"))),
            Task.Run(() => DefaultModel.EnsureCreated(folder.File("models"))));
        Assert.Equal(paths[0], Assert.Single(Directory.GetFiles(folder.File("models"))));
        byte[] file = File.ReadAllBytes(paths[0]);
        Assert.EndsWith(
            Convert.ToHexStringLower(SHA256.HashData(file))[..8], DefaultModel.Id, StringComparison.Ordinal);
        Assert.InRange(file.Length, 1_000_000, 8_000_000);
        ModelDescription description = EmbeddingModel.Describe(paths[0]);
        Assert.Equal((DefaultModel.Id, true, 512), (description.Id, description.Trained, description.Dimension));
        Assert.Contains("Debian", description.Provenance, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_ProductsNeverSeen_CentroidsTellThemApart()
    {
        using TemporaryFolder folder = new();
        using EmbeddingModel model = EmbeddingModel.Load(DefaultModel.EnsureCreated(folder.Root));
        Catalogue catalogue = new(new CatalogueOptions { Seed = 77, Products = 16, ViewsPerProduct = 6 });
        float[][][] views = [.. Enumerable.Range(0, 16).Select(product => model.Embed(
            [.. Enumerable.Range(0, 6).Select(view => Read(catalogue.RenderJpeg(product, view), model.Description))]))];
        float[][] centroids = [.. views.Select(product => Mean(product[..4]))];
        int right = Enumerable.Range(0, 16).Sum(product => views[product][4..].Count(query =>
            Enumerable.Range(0, 16).MaxBy(other => Vectors.Cosine(query, centroids[other])) == product));
        Assert.InRange(right, 30, 32);
    }

    private static PixelImage Read(byte[] jpeg, ModelDescription model) => Resizer.Resize(
        ImageDecoders.Create(new ImagingOptions()).Decode(jpeg), model.InputHeight, model.InputWidth, model.Filter);

    private static float[] Mean(float[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(row => row[i]))];
}
