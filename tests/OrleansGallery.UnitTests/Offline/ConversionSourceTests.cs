using OrleansGallery.Imaging;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>What converted pictures were made of: other files, moved downloads, pictures stored turned.</summary>
public sealed class ConversionSourceTests : IDisposable
{
    private const string Query = "TOPS/Tee/id_00000004/comsumer_01";

    private static readonly IImageDecoder Decoder = ImageDecoders.Create(new ImagingOptions());

    private readonly TemporaryFolder _folder = new();

    private string Download => _folder.File("download");

    private string Out => _folder.File("out");

    private string Source => Path.Combine(Download, $"Img/img/{Query}.jpg");

    private string Made => Path.Combine(Out, $"query/{Query}.jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SourceReplaced_IsMadeAnewAndNothingElse()
    {
        MiniatureDownload.DeepFashion(Download);
        Convert(PublishedDataSet.DeepFashion);
        byte[] first = File.ReadAllBytes(Made);
        File.WriteAllBytes(Source, Stored(40, 30, new PixelBox(0, 0, 40, 15), Orientation.TopLeft));
        Assert.Equal(17, Convert(PublishedDataSet.DeepFashion).MadeBefore);
        Assert.NotEqual(first, File.ReadAllBytes(Made));
        Assert.Equal(18, Convert(PublishedDataSet.DeepFashion).MadeBefore);
    }

    [Theory]
    [InlineData(PublishedDataSet.DeepFashion, 18)]
    [InlineData(PublishedDataSet.Market1501, 0)]
    public void Run_DownloadMoved_GoesOn(PublishedDataSet set, int before)
    {
        string old = _folder.File("old");
        MiniatureDownload.Write(set.ToString().ToLowerInvariant(), old);
        Convert(set, old);
        Directory.Move(old, Download);
        ConversionResult result = Convert(set);
        Assert.Equal(before, result.MadeBefore);
        Assert.Empty(result.Unreadable);
        Assert.DoesNotContain("/old/", File.ReadAllText(result.File), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherImagesOfAReIdentificationSet_IsRefused()
    {
        MiniatureDownload.Market1501(Download);
        Convert(PublishedDataSet.Market1501);
        File.Delete(Path.Combine(Download, "query/0003_c2s1_000001_01.jpg"));
        Assert.Contains("another download", Assert.Throws<InvalidDataException>(
            () => Convert(PublishedDataSet.Market1501)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PictureStoredTurned_IsCutWhereTheBoxIsInStoredPixels()
    {
        MiniatureDownload.DeepFashion(Download);
        File.WriteAllBytes(Source, Stored(40, 30, new PixelBox(10, 5, 20, 20), Orientation.RightTop));
        for (int run = 0; run < 2; run++)
        {
            ConversionResult result = Convert(PublishedDataSet.DeepFashion);
            Assert.Contains(
                result.Notes, note => note.StartsWith("1 images are stored turned", StringComparison.Ordinal));
        }

        PixelImage picture = Decoder.Decode(File.ReadAllBytes(Made));
        int[] corners = [8, 23];
        Assert.All(corners, x => Assert.All(corners, y => Assert.InRange(
            picture.Pixels.Span[(((y * 32) + x) * 3) + 2], 0, 50)));
        Assert.InRange(picture.Pixels.Span[2], 240, 255);
    }

    [Theory]
    [InlineData(Orientation.TopLeft)]
    [InlineData(Orientation.TopRight)]
    [InlineData(Orientation.BottomRight)]
    [InlineData(Orientation.BottomLeft)]
    [InlineData(Orientation.LeftTop)]
    [InlineData(Orientation.RightTop)]
    [InlineData(Orientation.RightBottom)]
    [InlineData(Orientation.LeftBottom)]
    public void Upright_AnyOrientation_IsWhereTheDecoderPutsTheBox(Orientation orientation)
    {
        PixelBox box = new(3, 1, 5, 4);
        byte[] file = Stored(12, 9, box, orientation);
        PixelImage cut = box.Upright(Decoder.Inspect(file)).CutFrom(Decoder.Decode(file));
        Assert.Equal(20, cut.Width * cut.Height);
        Assert.All(cut.Pixels.ToArray().Chunk(3), pixel => Assert.Equal([255, 0, 0], pixel));
    }

    // A red box on blue.
    private static byte[] Stored(int width, int height, PixelBox box, Orientation orientation)
    {
        byte[] rgb =
        [
            .. Enumerable.Range(0, width * height).SelectMany(pixel =>
                pixel % width - box.Left is var x && x >= 0 && x < box.Width
                    && pixel / width - box.Top is var y && y >= 0 && y < box.Height
                        ? (byte[])[255, 0, 0]
                        : [0, 0, 255]),
        ];
        byte[] exif =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        return PngFile.Write(width, height, 8, PngColour.Rgb, rgb, ("eXIf", exif));
    }

    private ConversionResult Convert(PublishedDataSet set, string? download = null) => DataSetConversion.Run(
        set,
        download ?? Download,
        new ConversionOptions { Folder = Out, Width = 32, Height = 32 },
        TestContext.Current.CancellationToken);
}
