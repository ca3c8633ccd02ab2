using System.Text.Json;
using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Augmentation;

public sealed class AugmentationTests
{
    private const int Height = 256;
    private const int Width = 128;

    [Fact]
    [Trait("Category", "Golden")]
    public void RandomErasing_EveryGoldenSeed_ErasesTheReferencesRectangle()
    {
        foreach (string path in Goldens.Find("augmentations", "preproc", "preproc*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement cases = document.RootElement.GetProperty("random_erasing").GetProperty("cases");
            foreach (JsonElement item in cases.EnumerateArray())
            {
                PythonRandom random = new(item.GetProperty("python_seed").GetUInt32());
                ErasedArea? area = RandomErasing.Draw(new AugmentationOptions(), Height, Width, random);
                Assert.Equal(item.GetProperty("erased").GetBoolean(), area is not null);
                if (area is { } erased)
                {
                    Assert.Equal(
                        new ErasedArea(
                            Number(item, "top"), Number(item, "left"), Number(item, "height"), Number(item, "width")),
                        erased);
                    CheckFill(erased, [.. item.GetProperty("fill").EnumerateArray().Select(v => v.GetSingle())]);
                }
            }
        }
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void FlipAndCrop_EveryGoldenChain_IsEqualToThePixel()
    {
        IImageDecoder decoder = ImageDecoders.Create(new ImagingOptions());
        foreach (string path in Goldens.Find("augmentations", "preproc", "preproc*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            string png = document.RootElement.GetProperty("train_chain").GetProperty("png").GetString()!;
            string folder = Path.GetDirectoryName(path)!;
            int top = int.Parse(png.Split("_top")[1].Split('_')[0], System.Globalization.CultureInfo.InvariantCulture);
            int left = int.Parse(png.Split("_left")[1].Split('.')[0],
                System.Globalization.CultureInfo.InvariantCulture);
            byte[] expected = decoder.Decode(File.ReadAllBytes(Path.Combine(folder, png))).Pixels.ToArray();
            // The chain does not name its source: it is one of the folder's.
            Assert.Contains(
                Directory.EnumerateFiles(folder, "img*__256x128_bilinear.png"),
                source => Chain(decoder, source, top, left).AsSpan().SequenceEqual(expected));
        }
    }

    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 0, 6)]
    [InlineData(false, 6, 3)]
    [InlineData(true, 3, 3)]
    public void FlipAndCrop_EveryPixel_ComesFromItsPlace(bool flip, int top, int left)
    {
        const int height = 5, width = 7, padding = 3;
        byte[] source = [.. Enumerable.Range(1, height * width * 3).Select(i => (byte)i)];
        byte[] cut = new byte[source.Length];
        FlipAndCrop.Apply(source, height, width, flip, padding, top, left, cut);
        for (int i = 0; i < cut.Length; i++)
        {
            (int y, int x, int c) = (i / 3 / width, i / 3 % width, i % 3);
            (int fromY, int fromX) = (y + top - padding, x + left - padding);
            bool inside = fromY is >= 0 and < height && fromX is >= 0 and < width;
            int column = flip ? width - 1 - fromX : fromX;
            Assert.Equal(inside ? source[(((fromY * width) + column) * 3) + c] : 0, cut[i]);
        }
    }

    [Fact]
    public void Transform_NothingToDo_IsTheInferenceTensor()
    {
        PixelImage image = TestImages.Noise(1, 16, 32);
        AugmentationOptions none = new() { FlipProbability = 0, Padding = 0, ErasingProbability = 0 };
        float[] actual = new float[3 * 16 * 32];
        new TrainingTransform(none, Normalization.ImageNet, 32, 16)
            .Apply(image.Pixels.Span, KeyedRandom.For(1, RandomPurpose.Augmentation, 0), actual);
        float[] expected = new float[actual.Length];
        ImageTensor.Fill([image], Normalization.ImageNet, expected);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Transform_ManyDraws_FlipsAndErasesAsOftenAsTold()
    {
        AugmentationOptions options = new();
        int flips = 0, erased = 0;
        for (int i = 0; i < 4000; i++)
        {
            KeyedRandom random = KeyedRandom.For(9, RandomPurpose.Augmentation, 0, i);
            flips += random.Chance(options.FlipProbability) ? 1 : 0;
            if (RandomErasing.Draw(options, Height, Width, random) is { } area)
            {
                erased++;
                Assert.InRange(area.Height * area.Width / (double)(Height * Width), 0.015, 0.42);
                Assert.True(area.Top >= 0 && area.Top + area.Height <= Height && area.Left + area.Width <= Width);
            }
        }

        Assert.InRange(flips, 1900, 2100);
        Assert.InRange(erased, 1900, 2100);
    }

    private static void CheckFill(ErasedArea area, float[] fill)
    {
        float[] image = new float[3 * Height * Width];
        Array.Fill(image, 9);
        RandomErasing.Fill(area, Normalization.ImageNet.Mean, image, Height, Width);
        Assert.Equal(3 * area.Height * area.Width, image.Count(value => value != 9));
        Assert.All(fill.Index(), item => Assert.Equal(
            item.Item, image[(item.Index * Height * Width) + (area.Top * Width) + area.Left]));
    }

    private static byte[] Chain(IImageDecoder decoder, string source, int top, int left)
    {
        byte[] result = new byte[Height * Width * 3];
        FlipAndCrop.Apply(
            decoder.Decode(File.ReadAllBytes(source)).Pixels.Span, Height, Width, true, 10, top, left, result);
        return result;
    }

    private static int Number(JsonElement item, string name) => item.GetProperty(name).GetInt32();
}
