using System.Globalization;
using System.Text.Json;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Checkpoints;

/// <summary>Miniature checkpoints with all that a reader must bear, found by file name.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenCheckpointTests
{
    private const string Expected = "_expected.json";

    [Theory]
    [InlineData("*.ckpt", "tensors")]
    [InlineData("*.pth", "imagenet_tensors")]
    public void Tensors_EveryMiniature_AreEqual(string extension, string member)
    {
        foreach (string path in Goldens.Find("miniature checkpoints", "misc", $"mini_{extension}"))
        {
            using CheckpointFile file = CheckpointFile.Open(path);
            using JsonDocument document = ExpectedFor(path);
            JsonElement expected = document.RootElement.GetProperty(member);
            Assert.Equal(expected.EnumerateObject().Select(item => item.Name), file.Tensors.Select(tensor => tensor.Name));
            foreach (JsonProperty item in expected.EnumerateObject())
            {
                AssertTensor(file, item);
            }
        }
    }

    [Fact]
    public void Metadata_EveryMiniature_HasEpochAndHyperParameters()
    {
        foreach (string path in Goldens.Find("miniature checkpoints", "misc", "mini_*.ckpt"))
        {
            using CheckpointFile file = CheckpointFile.Open(path);
            using JsonDocument document = ExpectedFor(path);
            Assert.Equal(document.RootElement.GetProperty("epoch").ToString(), file.Metadata["epoch"]);
            foreach (JsonProperty item in document.RootElement.GetProperty("hyper_parameters_sample").EnumerateObject())
            {
                string actual = file.Metadata[$"hyper_parameters.{item.Name}"];
                switch (item.Value.ValueKind)
                {
                    case JsonValueKind.Array:
                        Assert.Equal(string.Join(',', item.Value.EnumerateArray()), actual);
                        break;
                    case JsonValueKind.Number:
                        Assert.Equal(item.Value.GetDouble(), double.Parse(actual, CultureInfo.InvariantCulture));
                        break;
                    default:
                        Assert.Equal(item.Value.ToString(), actual);
                        break;
                }
            }
        }
    }

    // The longest name that the file's begins with: mini_ctl_expected.json is for mini_ctl_legacy_format.ckpt too.
    private static JsonDocument ExpectedFor(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string[] all = Directory.GetFiles(Path.GetDirectoryName(path)!, $"mini_*{Expected}");
        string best = all.Where(file => name.StartsWith(Path.GetFileName(file)[..^Expected.Length], StringComparison.Ordinal))
            .OrderByDescending(file => file.Length)
            .FirstOrDefault() ?? Assert.Single(all);
        return JsonDocument.Parse(File.ReadAllBytes(best));
    }

    private static void AssertTensor(CheckpointFile file, JsonProperty item)
    {
        CheckpointTensor tensor = file.Find(item.Name)!;
        Assert.Equal(item.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64()), tensor.Shape);
        Assert.Equal(
            item.Value.TryGetProperty("dtype", out JsonElement type) ? type.GetString() : "float32",
            tensor.Type switch
            {
                SafetensorsType.F32 => "float32",
                SafetensorsType.F16 => "float16",
                SafetensorsType.F64 => "float64",
                SafetensorsType.I64 => "int64",
                SafetensorsType other => other.ToString(),
            });
        JsonElement values = item.Value.GetProperty("values");
        float[] expected = values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => (float)value.GetDouble())]
            : [(float)values.GetDouble()];
        Assert.Equal(expected, file.ReadSingles(tensor));
    }
}
