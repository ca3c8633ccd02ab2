using System.IO.Compression;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>A small file and the upright pixels it stands for.</summary>
internal sealed class SampleFile(
    string name,
    ImageFormat format,
    int width,
    int height,
    SampleTolerance tolerance,
    string file,
    string pixels,
    string? plainPixels = null)
{
    public static IReadOnlyList<SampleFile> All { get; } =
    [
        JpegSamples.Jpeg420, JpegSamples.Jpeg444, JpegSamples.JpegProgressive, JpegSamples.JpegGrey,
        JpegSamples.JpegCmyk,
        WebPSamples.WebPLossy, WebPSamples.WebPLossless, WebPSamples.WebPAlpha, WebPSamples.WebPTurned,
        WebPSamples.WebPAnimated, GifSamples.Gif, GifSamples.GifAnimated, TiffSamples.TiffLzw, TiffSamples.TiffTurned,
        TiffSamples.TiffCmyk, TiffSamples.TiffGrey, TiffSamples.TiffPalette, TiffSamples.TiffBilevel,
        Png(), Bmp(),
    ];

    public string Name => name;

    public ImageFormat Format => format;

    /// <summary>Upright.</summary>
    public int Width => width;

    /// <summary>Upright.</summary>
    public int Height => height;

    public SampleTolerance Tolerance => tolerance;

    public byte[] File { get; } = Convert.FromBase64String(file);

    /// <summary>Pillow's, alpha dropped; or libjpeg's with chroma enlarged the plain way, as ImageSharp does.</summary>
    public byte[] Pixels { get; } =
        Inflate(Convert.FromBase64String(Backend.IsExact ? pixels : plainPixels ?? pixels));

    public static SampleFile Named(string name) => All.Single(sample => sample.Name == name);

    /// <summary>Decodes a file that has this picture, in which alpha is dropped.</summary>
    public void AssertDecoded(IImageDecoder decoder, ReadOnlyMemory<byte> file) =>
        AssertPixels(decoder.Decode(file, Transparency.Drop));

    public void AssertPixels(PixelImage image)
    {
        Assert.Equal((Width, Height), (image.Width, image.Height));
        (double mean, int max) = tolerance switch
        {
            SampleTolerance.Exact => (0, 0),
            _ when Backend.IsExact => (0, 0),
            _ => (0.5, 4),
        };
        PixelAssert.Near(Pixels, image.Pixels.Span, mean, max, Name);
    }

    public override string ToString() => Name;

    private static SampleFile Png()
    {
        byte[] rgb = FormulaPixels.Rgb(19, 13);
        return new SampleFile(
            "Png",
            ImageFormat.Png,
            19,
            13,
            SampleTolerance.Exact,
            Convert.ToBase64String(PngFile.Rgb(19, 13, rgb)),
            Deflate(rgb));
    }

    private static SampleFile Bmp()
    {
        byte[] rgb = FormulaPixels.Rgb(19, 13);
        return new SampleFile(
            "Bmp",
            ImageFormat.Bmp,
            19,
            13,
            SampleTolerance.Exact,
            Convert.ToBase64String(BmpFile.Rgb(19, 13, rgb)),
            Deflate(rgb));
    }

    private static byte[] Inflate(byte[] packed)
    {
        using ZLibStream zlib = new(new MemoryStream(packed), CompressionMode.Decompress);
        using MemoryStream plain = new();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }

    private static string Deflate(byte[] plain)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(plain);
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
