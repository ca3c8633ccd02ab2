using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Embedding;

/// <summary>A model with its own graph, served and fetched as any other.</summary>
public sealed class ServedGraphTests : IDisposable
{
    private const int Side = 16;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FitKind.Crop, 200f, 10f)]
    [InlineData(FitKind.Stretch, 73.3f, 136.7f)]
    [InlineData(FitKind.Pad, 22.9f, 42.7f)]
    public async Task Enrol_APicture_IsFittedAsTheModelSaysAndEmbeddedByItsGraph(FitKind fit, float red, float blue)
    {
        ImportedModel model = Import(_folder.File("models"), fit);
        await using WebApplication app = RunningService.Build(_folder.Root);
        await app.StartAsync(Token);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "g", Model = model.Description.Id, Partitions = 4 }, Token);

        await client.EnrolFileAsync("g", "flag", Flag(), new EnrolImageRequest { ImageId = "1" }, Token);

        ImageResponse image = await client.GetImageAsync("g", "flag", "1", Token);
        Assert.Equal(3, image.Vector!.Length);
        Assert.InRange(image.Vector[0] - red, -1.5f, 1.5f);
        Assert.InRange(image.Vector[2] - blue, -1.5f, 1.5f);
        await app.StopAsync(Token);
    }

    [Fact]
    public async Task Get_AGraphsModel_IsFetchedFromTheStoreAndEmbeds()
    {
        ImportedModel model = Import(_folder.File("made"), FitKind.Crop);
        byte[] content = await File.ReadAllBytesAsync(model.Path, Token);
        FakeModelFile file = new(content, Convert.ToHexStringLower(SHA256.HashData(content)), 100);
        file.Held.SetResult();
        ModelStore store = new(_folder.File("models"));
        ModelFetch fetch = new(_ => file, store, TimeProvider.System, NullLogger<ModelFetch>.Instance);

        using EmbeddingModel fetched = EmbeddingModel.Load(await fetch.GetAsync(model.Description.Id));

        Assert.Equal(model.Description.Graph, fetched.Description.Graph);
        Assert.Equal(new Fit(FitKind.Crop, Side), fetched.Description.Fit);
        float[] embedding = fetched.Embed([new PixelImage(Side, Side, FormulaPixels.Rgb(Side, Side))])[0];
        Assert.InRange(embedding[0], 1f, 254f);
    }

    public void Dispose() => _folder.Dispose();

    // The means of red, green and blue, on the scale of bytes.
    private ImportedModel Import(string models, FitKind fit)
    {
        OnnxFile file = new OnnxFile()
            .Input("image", OnnxFile.F32, "batch", 3, Side, Side)
            .Output("map", OnnxFile.F32, "batch", 3, Side, Side)
            .Node("Identity", "image", "map");
        File.WriteAllBytes(_folder.File("graph.onnx"), file.ToArray());
        return new ModelStore(models).Import(_folder.File("graph.onnx"), new ImportOptions
        {
            Fit = fit, ShorterSide = fit == FitKind.Crop ? Side : null, PixelScale = 255,
        });
    }

    // Three squares side by side: the middle one is red, the others are blue.
    private static byte[] Flag()
    {
        byte[] rgb = new byte[3 * Side * Side * 3];
        for (int i = 0; i < rgb.Length; i += 3)
        {
            bool middle = i / 3 % (3 * Side) / Side == 1;
            (rgb[i], rgb[i + 2]) = middle ? ((byte)200, (byte)10) : ((byte)10, (byte)200);
        }

        return PngFile.Rgb(3 * Side, Side, rgb);
    }
}
