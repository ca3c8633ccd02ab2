using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class ResizerTests
{
    [Fact]
    public void Resize_AnyLanes_EqualTheScalarTwin()
    {
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            (int width, int height) = (random.Next(1, 90), random.Next(1, 90));
            (int newWidth, int newHeight) = (random.Next(1, 90), random.Next(1, 90));
            byte[] pixels = new byte[width * height * 3];
            random.NextBytes(pixels);
            PixelImage image = new(width, height, pixels);
            ResizeFilter filter = (ResizeFilter)(round % 2);
            byte[] scalar = Run(Lanes.Scalar);

            PixelAssert.Same(scalar, Run(Lanes.Vector128), $"{width} x {height} to {newWidth} x {newHeight} {filter}");
            PixelAssert.Same(scalar, Run(Lanes.Vector256), $"{width} x {height} to {newWidth} x {newHeight} {filter}");

            byte[] Run(Lanes lanes)
            {
                byte[] resized = new byte[newWidth * newHeight * 3];
                Resizer.Resize(image, newHeight, newWidth, filter, resized, lanes);
                return resized;
            }
        }
    }

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    public void Resize_OneColour_StaysThatColour(ResizeFilter filter)
    {
        // Also the extremes that would show an overflow of a sum.
        foreach (byte level in (byte[])[0, 1, 128, 254, 255])
        {
            byte[] pixels = new byte[1000 * 7 * 3];
            pixels.AsSpan().Fill(level);

            PixelImage resized = Resizer.Resize(new PixelImage(1000, 7, pixels), 300, 3, filter);

            Assert.False(resized.Pixels.Span.ContainsAnyExcept(level));
        }
    }

    [Theory]
    [InlineData(16_384, 1)]
    [InlineData(16_384, 320)]
    [InlineData(65_535, 2)]
    [InlineData(1, 65_535)]
    [InlineData(2, 16_384)]
    [InlineData(3, 5_000)]
    public void Weights_ExtremeScales_CannotOverflow(int inputs, int outputs)
    {
        foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
        {
            // The constructor refuses weights whose sums could leave an int.
            ResampleWeights weights = new(inputs, outputs, filter);
            for (int i = 0; i < outputs; i++)
            {
                long sum = 0;
                foreach (int weight in weights.Taps(i))
                {
                    sum += weight;
                }

                Assert.InRange(sum, (1 << 22) - weights.MaxTaps, (1 << 22) + weights.MaxTaps);
                Assert.InRange(weights.Start(i) + weights.Taps(i).Length, 1, inputs);
            }
        }
    }

    [Fact]
    public void Resize_SameSize_ReturnsTheImage()
    {
        PixelImage image = new(5, 4, FormulaPixels.Rgb(5, 4));

        Assert.Same(image, Resizer.Resize(image, 4, 5, ResizeFilter.Bicubic));
    }

    [Fact]
    public void Resize_IntoABuffer_AllocatesNothing()
    {
        PixelImage image = new(120, 90, FormulaPixels.Rgb(120, 90));
        byte[] destination = new byte[64 * 32 * 3];
        for (int i = 0; i < 100; i++)
        {
            Resizer.Resize(image, 64, 32, ResizeFilter.Bilinear, destination);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Resizer.Resize(image, 64, 32, ResizeFilter.Bilinear, destination);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Resize_BadArguments_AreRefused()
    {
        PixelImage image = new(5, 4, FormulaPixels.Rgb(5, 4));

        Assert.Throws<ArgumentOutOfRangeException>(() => Resizer.Resize(image, 0, 5, ResizeFilter.Bilinear));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resizer.Resize(image, 5, 65_536, ResizeFilter.Bilinear));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resizer.Resize(image, 5, 6, (ResizeFilter)9));
        Assert.Throws<ArgumentException>(() => Resizer.Resize(image, 5, 6, ResizeFilter.Bilinear, new byte[7]));
    }

    [Fact]
    public void PixelImage_WrongNumberOfBytes_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new PixelImage(2, 2, new byte[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelImage(0, 2, Array.Empty<byte>()));
        // 65,536 x 65,536 x 3 is 0 in 32 bits.
        Assert.Throws<ArgumentException>(() => new PixelImage(65_536, 65_536, Array.Empty<byte>()));
    }
}
