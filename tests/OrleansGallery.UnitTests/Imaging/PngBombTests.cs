using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>What a PNG may hold beside its picture never reaches a library.</summary>
public sealed class PngBombTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    /// <summary>About 400,000 bytes that inflate to 400 million in a library that reads texts.</summary>
    [Theory]
    [InlineData("zTXt")]
    [InlineData("iTXt")]
    [InlineData("iCCP")]
    public void Decode_InflatedBomb_IsNotLookedAt(string type)
    {
        byte[] packed = PngFile.Deflate(new byte[4_000_000]);
        byte[] prefix = type == "iTXt" ? [.. "t\0\x01\0\0\0"u8] : [.. "t\0\0"u8];
        (string Type, byte[] Content)[] bombs = [.. Enumerable.Repeat((type, (byte[])[.. prefix, .. packed]), 100)];
        byte[] rgb = FormulaPixels.Rgb(19, 13);
        byte[] file = PngFile.Write(19, 13, 8, PngColour.Rgb, rgb, bombs);
        Assert.InRange(file.Length, 350_000, 500_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        PixelImage image = _decoder.Decode(file);

        PixelAssert.Same(rgb, image.Pixels.Span, type);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.InRange(PngRepacker.Repack(file).Length, 100, 1_000);
    }

    [Fact]
    public void Repack_EveryKindOfChunk_KeepsThePictureOnly()
    {
        string[] types = ["acTL", "fcTL", "fdAT", "eXIf", "gAMA", "cHRM", "sRGB", "sBIT", "hIST", "tEXt", "zzZz"];
        (string Type, byte[] Content)[] chunks = [.. types.Select(type => (type, new byte[20]))];
        byte[] file = PngFile.Write(
            2, 1, 8, PngColour.Palette, [0, 1], [.. chunks, ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [7])]);

        string kept = string.Join(' ', Types(PngRepacker.Repack(file)));

        Assert.Equal("IHDR PLTE tRNS IDAT IEND", kept);
    }

    [Fact]
    public void Decode_HundredThousandsOfSmallChunks_IsDecoded()
    {
        byte[] rgb = FormulaPixels.Rgb(19, 13);
        (string Type, byte[] Content)[] chunks = [.. Enumerable.Repeat(("tEXt", Array.Empty<byte>()), 200_000)];

        PixelAssert.Same(
            rgb, _decoder.Decode(PngFile.Write(19, 13, 8, PngColour.Rgb, rgb, chunks)).Pixels.Span, "many chunks");
    }

    [Fact]
    public void Decode_IndexBeyondThePalette_IsGreyAsInPillow()
    {
        byte[] file = PngFile.Write(2, 1, 8, PngColour.Palette, [0, 200], ("PLTE", [1, 2, 3]));

        Assert.Equal([1, 2, 3, 200, 200, 200], _decoder.Decode(file).Pixels.ToArray());
    }

    [Fact]
    public void Decode_WrongChecksumOfData_IsCorrupt()
    {
        byte[] file = PngFile.Rgb(19, 13, FormulaPixels.Rgb(19, 13));
        file[^20] ^= 1; // in the data

        Assert.Equal(ImageFault.Corrupt, Assert.Throws<ImageException>(() => _decoder.Decode(file)).Fault);
    }

    private static List<string> Types(byte[] file)
    {
        List<string> types = [];
        PngChunks chunks = new(file);
        while (chunks.MoveNext())
        {
            types.Add(System.Text.Encoding.ASCII.GetString(chunks.TypeAndContent[..4]));
        }

        return types;
    }
}
