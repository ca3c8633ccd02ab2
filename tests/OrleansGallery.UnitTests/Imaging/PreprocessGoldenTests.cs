using System.Globalization;
using System.Text.RegularExpressions;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>The reference's own image pipeline (Pillow): resized pixels and decoded sources.</summary>
[Trait("Category", "Golden")]
public sealed partial class PreprocessGoldenTests
{
    private const string Folder = "preproc";
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Fact]
    public void Resize_GoldenSources_EqualByteForByte()
    {
        foreach (string path in Goldens.Find("resized images", Folder, "*__*x*_*.png", ResizedName().IsMatch))
        {
            Match name = ResizedName().Match(Path.GetFileName(path));
            string source = Goldens.SourceOf(path, name.Groups["source"].Value);
            int height = int.Parse(name.Groups["height"].Value, CultureInfo.InvariantCulture);
            int width = int.Parse(name.Groups["width"].Value, CultureInfo.InvariantCulture);
            ResizeFilter filter = Enum.Parse<ResizeFilter>(name.Groups["filter"].Value, ignoreCase: true);

            PixelImage resized = Resizer.Resize(Decode(source), height, width, filter);

            AssertNear(path, resized, 0, 0);
        }
    }

    [Fact]
    public void Decode_GoldenSources_EqualPillow()
    {
        foreach (string path in Goldens.Find("decoded sources", Folder, "src_*__*.png", DecodedName().IsMatch))
        {
            Match name = DecodedName().Match(Path.GetFileName(path));
            string stem = name.Groups["source"].Value;
            string source = Goldens.SourceOf(path, stem);
            bool mayDiffer = !Backend.IsExact
                && Path.GetExtension(source) is not (".png" or ".bmp" or ".gif" or ".tif" or ".tiff");

            AssertNear(path, Decode(source), mayDiffer ? 1.0 : 0, mayDiffer ? 50 : 0);
        }
    }

    private PixelImage Decode(string path) => _decoder.Decode(File.ReadAllBytes(path), Transparency.Drop);

    private void AssertNear(string goldenPath, PixelImage actual, double mean, int max)
    {
        PixelImage golden = Decode(goldenPath);
        string name = Path.GetFileName(goldenPath);
        Assert.Equal((name, golden.Width, golden.Height), (name, actual.Width, actual.Height));
        PixelAssert.Near(golden.Pixels.Span, actual.Pixels.Span, mean, max, name);
    }

    [GeneratedRegex(@"^(?<source>.+)__(?<height>\d+)x(?<width>\d+)_(?<filter>bilinear|bicubic)\.png$")]
    private static partial Regex ResizedName();

    [GeneratedRegex(@"^(?<source>src_.+)__(as_rgb|decoded)\.png$")]
    private static partial Regex DecodedName();
}
