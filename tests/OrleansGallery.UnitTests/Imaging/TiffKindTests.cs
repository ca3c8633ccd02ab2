using System.Diagnostics;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Kinds of TIFF, against pixels worked out here; and those that are named as not supported.</summary>
public sealed class TiffKindTests
{
    private const int Width = 18;
    private const int Height = 5;
    private const ushort Compression = 259;
    private const ushort Predictor = 317;
    private static readonly byte[] Rgb = FormulaPixels.Rgb(Width, Height);
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData(2, "CCITT")]
    [InlineData(3, "CCITT")]
    [InlineData(4, "CCITT")]
    [InlineData(6, "JPEG")]
    [InlineData(7, "JPEG")]
    [InlineData(34925, "LZMA")]
    [InlineData(50000, "ZSTD")]
    [InlineData(50001, "WebP")]
    [InlineData(12345, "12345")]
    public void Decode_OtherCompression_IsNamedAsNotSupported(int compression, string name) =>
        AssertUnsupported(name, Picture((Compression, [(uint)compression])));

    [Fact]
    public void Decode_OtherColours_AreNamedAsNotSupported()
    {
        AssertUnsupported("YCbCr", Picture((262, [6])));
        AssertUnsupported("Lab", Picture((262, [8])));
        AssertUnsupported("16 bits", TiffFile.Write(1, 1, 16, 3, 1, new byte[2]));
        AssertUnsupported("12 bits", TiffFile.Write(2, 1, 12, 1, 1, new byte[3]));
        AssertUnsupported("32 bits", TiffFile.Write(1, 1, 32, 1, 1, new byte[4]));
        AssertUnsupported("format 3", Picture((339, [3, 3, 3])));
        AssertUnsupported("predictor 3", Picture((Compression, [5]), (Predictor, [3])));
        AssertUnsupported("of 8 and of 4 bits", Picture((258, [8, 8, 4])));
        AssertUnsupported("1 samples", TiffFile.Write(1, 1, 8, 2, 1, new byte[3]));
        AssertUnsupported("60000 samples", TiffFile.Write(1, 1, 8, 2, 3, new byte[3], (277, [60_000])));
        AssertUnsupported("tiles of 7 x 16", Picture((322, [7]), (323, [16])));
        AssertUnsupported("tiles of 65536 x 65536", Picture((322, [65_536]), (323, [65_536])));
        AssertUnsupported("BigTIFF", [.. "II"u8, 43, 0, 8, 0, 0, 0]);
    }

    [Fact]
    public void Decode_TallTilesForOneRow_AreRefusedWithoutUnpackingThemAll()
    {
        // 1,024 tiles of 50 MB in a file of 50 kB, as all of them are the same.
        const int tiles = 16_384 / 16;
        byte[] tile = PngFile.Deflate(new byte[16 * 262_144 * 12]);
        byte[] file = TiffFile.Write(
            16_384, 1, 16, 5, 6, tile, (Compression, [8]), (322, [16]), (323, [262_144]), (324, new uint[tiles]),
            (325, [.. Enumerable.Repeat((uint)tile.Length, tiles)]));
        Stopwatch watch = Stopwatch.StartNew();

        AssertUnsupported("tiles of 16 x 262144", file);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Decode_FewBits_AreScaled(int bits)
    {
        byte[] rows = [.. Rgb.AsSpan(0, (Width * bits + 7) / 8 * Height)];
        PixelImage png = _decoder.Decode(PngFile.Write(Width, Height, bits, PngColour.Grey, rows));

        PixelImage black = _decoder.Decode(TiffFile.Write(Width, Height, bits, 1, 1, rows));
        PixelImage white = _decoder.Decode(TiffFile.Write(Width, Height, bits, 0, 1, rows));

        PixelAssert.Same(png.Pixels.Span, black.Pixels.Span, "black is zero");
        PixelAssert.Same([.. png.Pixels.ToArray().Select(value => (byte)(255 - value))], white.Pixels.Span, "white is");
    }

    [Fact]
    public void Decode_NoTagButTheSize_IsBlackAndWhite()
    {
        SortedDictionary<ushort, uint[]> tags = new() { [256] = [8], [257] = [1], [273] = [0] };

        Assert.Equal(
            [0, 255, 0, 255, 255, 255, 255, 255],
            _decoder.Decode(TiffFile.Write(tags, [0b1010_0000])).Pixels.ToArray().Where((_, i) => i % 3 == 0));
    }

    [Fact]
    public void Decode_SixteenBits_KeepTheHighByte()
    {
        byte[] strip = [.. Rgb.SelectMany(value => new byte[] { 0xFF, value })];

        AssertRgb(TiffFile.Write(Width, Height, 16, 2, 3, strip));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32946)]
    [InlineData(32773)]
    public void Decode_Packed_IsUnpacked(int compression)
    {
        byte[] strip = compression == 32773
            ? [.. Rgb.Chunk(100).SelectMany(part => (byte[])[(byte)(part.Length - 1), .. part, 0x80])]
            : PngFile.Deflate(Rgb);

        AssertRgb(TiffFile.Write(Width, Height, 8, 2, 3, strip, (Compression, [(uint)compression])));
    }

    [Fact]
    public void Decode_Differences_AreAddedUp()
    {
        byte[] differences = [.. Rgb.Select((value, i) => i % (Width * 3) < 3 ? value : (byte)(value - Rgb[i - 3]))];

        AssertRgb(TiffFile.Write(
            Width, Height, 8, 2, 3, PngFile.Deflate(differences), (Compression, [8]), (Predictor, [2])));
    }

    [Fact]
    public void Decode_StripsTilesAndPlanes_AreJoined()
    {
        byte[] planes = [.. Enumerable.Range(0, 3).SelectMany(c => Rgb.Where((_, i) => i % 3 == c))];
        uint stride = Width * 3;

        AssertRgb(Picture((278, [2]), (273, [0, 2 * stride, 4 * stride]), (279, [2 * stride, 2 * stride, stride])));
        AssertRgb(TiffFile.Write(
            Width, Height, 8, 2, 3, planes, (284, [2]), (273, [0, 90, 180]), (279, [90, 90, 90])));
        AssertRgb(TiffFile.Write(
            Width, Height, 8, 2, 3, Tiles(), (322, [16]), (323, [16]), (324, [0, 768]), (325, [768, 768])));
    }

    [Fact]
    public void Decode_LongCodes_AreUndone()
    {
        byte[] rgb = FormulaPixels.Rgb(LongRunSamples.Width, LongRunSamples.Height);

        PixelImage image = _decoder.Decode(LongRunSamples.Tiff);

        PixelAssert.Same([.. rgb.Select((_, i) => rgb[i - i % 3])], image.Pixels.Span, "TIFF of long codes");
    }

    [Fact]
    public void Decode_ReversedBits_AreTurnedBack() =>
        AssertRgb(TiffFile.Write(
            Width,
            Height,
            8,
            2,
            3,
            [.. Rgb.Select(value => (byte)Enumerable.Range(0, 8).Sum(bit => (value >> bit & 1) << 7 - bit))],
            (266, [2])));

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(32773)]
    public void Decode_StripsThatAllClaimTheWholeFile_AreRefusedInTime(int compression)
    {
        // Codes for nothing, a megabyte of them, sixteen thousand times.
        byte[] nothing = new byte[1_000_000];
        byte filler = compression == 32773 ? (byte)0x80 : (byte)0;
        nothing.AsSpan().Fill(filler);
        uint[] all = [.. Enumerable.Repeat((uint)nothing.Length, 16_000)];
        byte[] file = TiffFile.Write(
            1,
            16_000,
            8,
            1,
            1,
            nothing,
            (Compression, [(uint)compression]),
            (278, [1]),
            (273, new uint[16_000]),
            (279, all));
        Stopwatch watch = Stopwatch.StartNew();

        Assert.Throws<ImageException>(() => _decoder.Decode(file));

        Assert.InRange(watch.ElapsedMilliseconds, 0, 2_000);
    }

    [Fact]
    public void Decode_DataForADictionary_AreCorrupt()
    {
        byte[] dictionary = [0x78, 0xBB, 1, 2, 3, 4, 5, 6, 7, 8];
        byte[][] files =
        [
            TiffFile.Write(Width, Height, 8, 2, 3, dictionary, (Compression, [8])),
            PngFile.Assemble(Width, Height, 8, PngColour.Rgb, 0, dictionary),
            PngFile.Assemble(Width, Height, 8, PngColour.Rgb, 1, dictionary),
        ];

        Assert.All(files, file => Assert.Equal(
            ImageFault.Corrupt, Assert.Throws<ImageException>(() => _decoder.Decode(file)).Fault));
    }

    [Fact]
    public void Decode_DirectoryThatFollowsItself_IsReadOnce()
    {
        byte[] file = Picture();
        int next = 8 + 2 + file[8] * 12;
        file[next] = 8; // The next directory is the first one.

        AssertRgb(file);
    }

    [Fact]
    public void Decode_AbsurdRowsPerStrip_AreThoseOfThePicture() => AssertRgb(Picture((278, [uint.MaxValue])));

    [Fact]
    public void Decode_NoRowsPerStrip_IsCorrupt() =>
        Assert.Equal(
            ImageFault.Corrupt, Assert.Throws<ImageException>(() => _decoder.Decode(Picture((278, [0])))).Fault);

    private static byte[] Picture(params (ushort Tag, uint[] Values)[] others) =>
        TiffFile.Write(Width, Height, 8, 2, 3, Rgb, others);

    /// <summary>Two tiles of 16 x 16, of which 18 x 5 pixels are the picture.</summary>
    private static byte[] Tiles()
    {
        byte[] tiles = new byte[2 * 768];
        for (int i = 0; i < Rgb.Length; i++)
        {
            (int x, int y) = (i / 3 % Width, i / 3 / Width);
            tiles[x / 16 * 768 + y * 48 + x % 16 * 3 + i % 3] = Rgb[i];
        }

        return tiles;
    }

    private void AssertRgb(byte[] file) => PixelAssert.Same(Rgb, _decoder.Decode(file).Pixels.Span, "TIFF");

    private void AssertUnsupported(string what, byte[] file)
    {
        ImageException refusal = Assert.Throws<ImageException>(() => _decoder.Decode(file));
        Assert.Equal(ImageFault.Unsupported, refusal.Fault);
        Assert.Contains("This kind of Tiff is not supported", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
    }
}
