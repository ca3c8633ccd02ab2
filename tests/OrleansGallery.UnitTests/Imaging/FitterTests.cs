using System.Security.Cryptography;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Pictures of other shapes, against what Pillow 9.4 and torchvision 0.14 made of the same ones.</summary>
public sealed class FitterTests
{
    [Theory]
    [InlineData(640, 480, 224, 256, ResizeFilter.Bilinear, "9e18132de56c9334a8a814e37a9a9c3c")]
    [InlineData(640, 480, 224, 256, ResizeFilter.Bicubic, "f2f42d3d9f44c16dc8ea264bd424f180")]
    [InlineData(480, 640, 224, 256, ResizeFilter.Bilinear, "212a37b71bb37ff46992e64a0345e779")]
    [InlineData(480, 640, 224, 256, ResizeFilter.Bicubic, "c0de94be503027f4930df4a43824d57c")]
    [InlineData(97, 61, 224, 224, ResizeFilter.Bilinear, "fa7501c1add6a5d6242647cc6c74ca53")]
    [InlineData(97, 61, 224, 224, ResizeFilter.Bicubic, "336c27c20906473c3d93451db0c713bf")]
    [InlineData(224, 224, 224, 224, ResizeFilter.Bilinear, "edb6fc1b500cd840b94185ca3d39cde0")]
    [InlineData(224, 224, 224, 224, ResizeFilter.Bicubic, "edb6fc1b500cd840b94185ca3d39cde0")]
    [InlineData(256, 256, 224, 256, ResizeFilter.Bilinear, "c2ed6ba5f6691f84e687bd4cb09e0e54")]
    [InlineData(256, 256, 224, 256, ResizeFilter.Bicubic, "c2ed6ba5f6691f84e687bd4cb09e0e54")]
    [InlineData(1001, 703, 160, 183, ResizeFilter.Bilinear, "af0febd84e4003c1c08eb0cc7c51da23")]
    [InlineData(1001, 703, 160, 183, ResizeFilter.Bicubic, "08ab5e9be6af060d6f8e2b05e39d285d")]
    [InlineData(33, 1700, 64, 73, ResizeFilter.Bilinear, "f1699a1dad3912c319500236bc8519a2")]
    [InlineData(33, 1700, 64, 73, ResizeFilter.Bicubic, "180c598f03082be4bb2eeaf54f3c1992")]
    [InlineData(3000, 50, 32, 32, ResizeFilter.Bilinear, "1d7c5821079a02b9693ca1ce10498912")]
    [InlineData(3000, 50, 32, 32, ResizeFilter.Bicubic, "3d12d0215bd45be3eaa466f0d32b0760")]
    [InlineData(257, 255, 224, 256, ResizeFilter.Bilinear, "3279c1b3a47962ae497b7cd22c3f1008")]
    [InlineData(257, 255, 224, 256, ResizeFilter.Bicubic, "132c5a884f1ae1c0b3b21171a60d5ccd")]
    [InlineData(5, 7, 32, 37, ResizeFilter.Bilinear, "10990c8a8da16790e1d210dcc8fbc2a3")]
    [InlineData(5, 7, 32, 37, ResizeFilter.Bicubic, "4a0733ccd62d44ea92fd5e65e6cfa916")]
    public void Apply_Crop_EqualsTorchvisionOnPillow(
        int width, int height, int side, int shorterSide, ResizeFilter filter, string sha256) =>
        AssertMade(width, height, side, side, new Fit(FitKind.Crop, shorterSide), filter, sha256);

    [Theory]
    [InlineData(640, 480, 224, 224, ResizeFilter.Bilinear, "2813a0224f63fabdf0d9b526c4cfe5f0")]
    [InlineData(640, 480, 224, 224, ResizeFilter.Bicubic, "05104bde432960f43d8168b30f9eb1a8")]
    [InlineData(480, 640, 224, 224, ResizeFilter.Bilinear, "a4580e85560d5de4840e184b75cba661")]
    [InlineData(480, 640, 224, 224, ResizeFilter.Bicubic, "1cb67344c016b62a647f3233df1cd2b8")]
    [InlineData(97, 61, 128, 256, ResizeFilter.Bilinear, "4102c30a5c14f1ea1481beebfaca1690")]
    [InlineData(97, 61, 128, 256, ResizeFilter.Bicubic, "b568fccc989c581adfaaec1b86ddbc76")]
    [InlineData(61, 97, 128, 256, ResizeFilter.Bilinear, "9cfdf940be8900fc861bc586cb2bcb85")]
    [InlineData(61, 97, 128, 256, ResizeFilter.Bicubic, "2f069ba3c2f3ebaa88442592b82bf4e1")]
    [InlineData(33, 1700, 64, 64, ResizeFilter.Bilinear, "f3b736e7957ecd3c75c60659bf46d8b8")]
    [InlineData(33, 1700, 64, 64, ResizeFilter.Bicubic, "01e6ad4c34a6837cb58096703ad4b1c8")]
    [InlineData(3000, 50, 64, 64, ResizeFilter.Bilinear, "1c518d33d570d44d63e1ab4c871c06a2")]
    [InlineData(3000, 50, 64, 64, ResizeFilter.Bicubic, "f44ab89db39c8432d7f265606880074e")]
    [InlineData(224, 224, 224, 224, ResizeFilter.Bilinear, "edb6fc1b500cd840b94185ca3d39cde0")]
    [InlineData(224, 224, 224, 224, ResizeFilter.Bicubic, "edb6fc1b500cd840b94185ca3d39cde0")]
    [InlineData(100, 200, 50, 100, ResizeFilter.Bilinear, "3036dd54245f9a10a1ce58c24ea59ea5")]
    [InlineData(100, 200, 50, 100, ResizeFilter.Bicubic, "6e78d5425a4f91884e7c6bc03676c2ea")]
    [InlineData(101, 100, 112, 112, ResizeFilter.Bilinear, "e1b26ac710c55fae922e62fe0d84b892")]
    [InlineData(101, 100, 112, 112, ResizeFilter.Bicubic, "5f8aab97a93d315058078bd075f23f5b")]
    [InlineData(5, 7, 33, 32, ResizeFilter.Bilinear, "27796f36b757216a80d2552f73be300f")]
    [InlineData(5, 7, 33, 32, ResizeFilter.Bicubic, "2a1b1fa1e7b0e4fbca8af198547d6ec5")]
    public void Apply_Pad_EqualsPillow(
        int width, int height, int newWidth, int newHeight, ResizeFilter filter, string sha256) =>
        AssertMade(width, height, newWidth, newHeight, new Fit(FitKind.Pad), filter, sha256);

    [Fact]
    public void Apply_Stretch_IsResize()
    {
        PixelImage image = new(97, 61, FormulaPixels.Rgb(97, 61));
        Assert.Equal(
            Resizer.Resize(image, 32, 48, ResizeFilter.Bicubic).Pixels.ToArray(),
            Fitter.Apply(image, 32, 48, ResizeFilter.Bicubic, default).Pixels.ToArray());
    }

    [Theory]
    [InlineData(FitKind.Stretch)]
    [InlineData(FitKind.Pad)]
    public void Apply_ThePictureFits_ItIsReturned(FitKind kind)
    {
        PixelImage image = new(5, 4, FormulaPixels.Rgb(5, 4));
        Assert.Same(image, Fitter.Apply(image, 4, 5, ResizeFilter.Bilinear, new Fit(kind)));
    }

    [Fact]
    public void Apply_CropToAShapeThatIsNotSquare_CoversItAndCutsTheRest()
    {
        // 256 x 128 out of a frame of 292 x 146: the picture of 200 x 100 is that shape already.
        PixelImage image = new(100, 200, FormulaPixels.Rgb(100, 200));
        PixelImage whole = Resizer.Resize(image, 292, 146, ResizeFilter.Bilinear);
        PixelImage cut = Fitter.Apply(image, 256, 128, ResizeFilter.Bilinear, new Fit(FitKind.Crop));
        for (int y = 0; y < 256; y++)
        {
            Assert.Equal(
                whole.Pixels.Slice((((y + 18) * 146) + 9) * 3, 128 * 3).ToArray(),
                cut.Pixels.Slice(y * 128 * 3, 128 * 3).ToArray());
        }
    }

    [Theory]
    [InlineData(FitKind.Crop)]
    [InlineData(FitKind.Pad)]
    public void Apply_ALineOfPixels_TakesNoMoreMemoryThanTheResultAsks(FitKind kind)
    {
        PixelImage line = new(65_535, 1, new byte[65_535 * 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PixelImage made = Fitter.Apply(line, 224, 224, ResizeFilter.Bicubic, new Fit(kind, 256));
        Assert.Equal((224, 224), (made.Height, made.Width));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData(FitKind.Crop, 0, 224, 224, 256)]
    [InlineData(FitKind.Crop, 0, 288, 288, 329)]
    [InlineData(FitKind.Crop, 300, 224, 224, 300)]
    [InlineData(FitKind.Crop, 0, 256, 128, 146)]
    [InlineData(FitKind.Stretch, 300, 224, 224, 0)]
    public void For_AnInput_SaysWhatTheShorterSideBecomes(
        FitKind kind, int shorterSide, int height, int width, int expected) =>
        Assert.Equal(expected, new Fit(kind, shorterSide).For(height, width).ShorterSide);

    [Fact]
    public void Apply_OutOfRange_IsRefused()
    {
        PixelImage image = new(5, 4, FormulaPixels.Rgb(5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Fitter.Apply(image, 8, 8, ResizeFilter.Bilinear, new Fit(FitKind.Crop, 7)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Fitter.Apply(image, 8, 8, ResizeFilter.Bilinear, new Fit((FitKind)9)));
    }

    private static void AssertMade(
        int width, int height, int newWidth, int newHeight, Fit fit, ResizeFilter filter, string sha256)
    {
        PixelImage image = new(width, height, FormulaPixels.Rgb(width, height));

        PixelImage made = Fitter.Apply(image, newHeight, newWidth, filter, fit);

        Assert.Equal((newWidth, newHeight), (made.Width, made.Height));
        string hash = Convert.ToHexStringLower(SHA256.HashData(made.Pixels.Span));
        Assert.StartsWith(sha256, hash, StringComparison.Ordinal);
    }
}
