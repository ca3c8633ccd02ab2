using OrleansGallery.Imaging;
using OrleansGallery.Inference.Preprocessing;
using TorchSharp;

namespace OrleansGallery.TorchTests.Preprocessing;

public sealed class ImageTensorTests
{
    private static readonly Normalization Odd = new([0.5f, 0.25f, 0.1f], [0.3f, 0.2f, 0.7f]);

    [Fact]
    public void Create_Batch_EqualsTheFormulaPerPixel()
    {
        PixelImage[] images = [TestImages.Noise(1, 7, 5), TestImages.Noise(2, 7, 5)];
        using torch.Tensor batch = ImageTensor.Create(images, Odd);
        Assert.Equal([2, 3, 5, 7], batch.shape);
        for (int i = 0; i < 2 * 3 * 5 * 7; i++)
        {
            (int image, int channel, int y, int x) = (i / 105, i / 35 % 3, i / 7 % 5, i % 7);
            float value = images[image].Pixels.Span[(((y * 7) + x) * 3) + channel] / 255f;
            Assert.Equal(
                (value - Odd.Mean[channel]) / Odd.Std[channel], batch[image, channel, y, x].ToSingle());
        }
    }

    [Fact]
    public void Fill_WrongSizes_AreRefused()
    {
        float[] buffer = new float[2 * 3 * 4];
        Assert.Throws<ArgumentException>(
            () => ImageTensor.Fill([TestImages.Noise(1, 2, 2), TestImages.Noise(1, 4, 1)], Odd, buffer));
        Assert.Throws<ArgumentException>(() => ImageTensor.Fill([TestImages.Noise(1, 2, 2)], Odd, buffer));
        ImageTensor.Fill([], Odd, []);
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(1f, 0f)]
    [InlineData(1f, float.NaN)]
    [InlineData(float.PositiveInfinity, 1f)]
    public void Normalization_BadNumbers_AreRefused(float mean, float std)
    {
        if (mean == 0f)
        {
            Assert.Throws<ArgumentException>(() => new Normalization([0, 0], [1, 1, 1]));
            return;
        }

        Assert.Throws<ArgumentException>(() => new Normalization([0, mean, 0], [1, std, 1]));
    }
}
