using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Models;

public sealed class PixelEmbedderTests
{
    [Fact]
    public void AsPixelEmbedder_OfAModel_EmbedsAsTheModelDoes()
    {
        using TemporaryFolder folder = new();
        using EmbeddingModel model = new ModelStore(folder.Root).Load(ModelStore.DefaultName);
        PixelEmbedder embedder = model.AsPixelEmbedder();
        Assert.Equal(
            (model.Description.InputHeight, model.Description.InputWidth, model.Description.Dimension),
            (embedder.Height, embedder.Width, embedder.Dimension));
        PixelImage[] images = [.. Enumerable.Range(0, 2).Select(i =>
            TestImages.Noise(i, embedder.Width, embedder.Height))];
        Assert.Equal(model.Embed(images), embedder.Embed(images));
    }
}
