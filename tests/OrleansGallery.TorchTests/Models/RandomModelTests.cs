using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Models;

public sealed class RandomModelTests
{
    [Fact]
    public async Task EnsureCreated_TwoAtOnce_GiveOneFile()
    {
        using TemporaryFolder folder = new();
        string[] paths = await Task.WhenAll(
            Task.Run(() => RandomModel.EnsureCreated(folder.File("models"))),
            Task.Run(() => RandomModel.EnsureCreated(folder.File("models"))));
        Assert.Equal(paths[0], paths[1]);
        Assert.Equal(paths[0], Assert.Single(Directory.GetFiles(folder.File("models"))));
        Assert.Equal(Path.GetFileNameWithoutExtension(paths[0]), EmbeddingModel.Describe(paths[0]).Id);
        DateTime written = File.GetLastWriteTimeUtc(paths[0]);
        Assert.Equal(paths[0], RandomModel.EnsureCreated(folder.File("models")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(paths[0]));
    }

    [Fact]
    public void Embed_PicturesWithoutTheirTopRows_AreNearestToThemselves()
    {
        using TemporaryFolder folder = new();
        using EmbeddingModel model = EmbeddingModel.Load(RandomModel.EnsureCreated(folder.Root));
        Assert.False(model.Description.Trained);
        Assert.Equal(512, model.Description.Dimension);
        PixelImage[] images = [.. Enumerable.Range(1000, 24).Select(i => TestImages.Patches(i, 128))];
        float[][] embeddings = model.Embed(images);
        Assert.All(embeddings.SelectMany(e => e), value => Assert.True(float.IsFinite(value)));
        // A picture is nearest to itself when one row is missing.
        float[][] cropped = model.Embed([.. images.Select(DropTopRows)]);
        for (int i = 0; i < images.Length; i++)
        {
            int nearest = Enumerable.Range(0, images.Length).MaxBy(j => Vectors.Cosine(cropped[i], embeddings[j]));
            Assert.Equal(i, nearest);
        }
    }

    private static PixelImage DropTopRows(PixelImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        Array.Clear(pixels, 0, image.Width * 3 * 4);
        return new PixelImage(image.Width, image.Height, pixels);
    }
}
