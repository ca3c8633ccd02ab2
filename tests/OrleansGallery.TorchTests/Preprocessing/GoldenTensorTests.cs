using System.Text.RegularExpressions;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Preprocessing;

[Trait("Category", "Golden")]
public sealed partial class GoldenTensorTests
{
    [Fact]
    public void Fill_EveryGoldenTensor_IsEqual()
    {
        IReadOnlyList<string> cases = Goldens.Find(
            "preprocessed tensors", "preproc", "*__*_tensor.npy", file => CasePattern().IsMatch(file));
        foreach (string path in cases)
        {
            Match match = CasePattern().Match(Path.GetFileName(path));
            int height = int.Parse(match.Groups[2].ValueSpan);
            int width = int.Parse(match.Groups[3].ValueSpan);
            ResizeFilter filter = Enum.Parse<ResizeFilter>(match.Groups[4].Value, ignoreCase: true);
            byte[] source = File.ReadAllBytes(Goldens.SourceOf(path, match.Groups[1].Value));
            PixelImage image = ImageDecoders.Create(new ImagingOptions()).Decode(source, Transparency.Drop);

            float[] tensor = new float[3 * height * width];
            ImageTensor.Fill([Resizer.Resize(image, height, width, filter)], Normalization.ImageNet, tensor);

            NpyArray<float> golden = NpyFile.Read<float>(path);
            Assert.Equal([3, height, width], golden.Shape);
            for (int i = 0; i < tensor.Length; i++)
            {
                Assert.True(
                    Math.Abs(golden.Values[i] - tensor[i]) <= 1e-6f,
                    $"{path}[{i}]: {tensor[i]} instead of {golden.Values[i]}");
            }
        }
    }

    [GeneratedRegex(@"^(.+)__(\d+)x(\d+)_(bilinear|bicubic)_tensor\.npy$")]
    private static partial Regex CasePattern();
}
