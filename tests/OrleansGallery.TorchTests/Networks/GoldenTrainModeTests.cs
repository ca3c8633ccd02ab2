using System.Text.Json;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Offline;
using OrleansGallery.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Networks;

/// <summary>One forward and backward pass in training mode, against the paper's code.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenTrainModeTests
{
    private const string Suffix = "_forward.json";

    // What float32 leaves of gradients that passed through 53 normalisations of 4 images: calculated in float64 they
    // differ from the golden ones by up to 0.043 mean magnitudes per element, and by 9e-4 in the sum of magnitudes
    // (ResNet-50). Processors whose convolutions add in another order are further apart: 2.06e-3 in that sum was seen
    // on one with AVX-512.
    private const double ElementTolerance = 0.05;
    private const double SumTolerance = 4e-3;

    // A gradient that is exactly 0 in float64 (the stem's bias, which the next normalisation takes away) is noise
    // below this.
    private const double Noise = 1e-6;

    // Each element; 53 normalisations of 4 images again.
    private const float FeatureTolerance = 5e-4f;

    // The neck stretches a feature that 4 images have nearly in common to variance 1, and its rounding with it.
    private const double NeckTolerance = 1e-3;

    [Fact]
    public void TrainMode_EveryCase_HasTheGoldenLossGradientsAndStatistics()
    {
        foreach (string path in Goldens.Find("train-mode cases", "model", $"*{Suffix}", file =>
            Architectures.Find(file[..^Suffix.Length]) is not null))
        {
            string model = Path.GetFileName(path)[..^Suffix.Length];
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonProperty item in document.RootElement.GetProperty("cases").EnumerateObject())
            {
                if (item.Value.GetProperty("mode").GetString() == "train")
                {
                    AssertCase(model, item, Path.Combine(
                        Path.GetDirectoryName(path)!, $"{model}_{item.Name}_global_feat.npy"));
                }
            }
        }
    }

    private static void AssertCase(string model, JsonProperty item, string features)
    {
        using EmbeddingNetwork network = FormulaNetwork.Create(model);
        network.train();
        using DisposeScope scope = NewDisposeScope();
        long[] shape = [.. item.Name[(item.Name.LastIndexOf('_') + 1)..].Split('x').Select(long.Parse)];
        Tensor pooled = network.Pool(tensor(FormulaWeights.Input(item.Name, shape)).reshape(shape));
        Tensor embedding = network.Neck(pooled);
        Tensor direction = tensor(FormulaWeights.Input("train_dir", embedding.shape)).reshape(embedding.shape);
        Tensor loss = (embedding * direction).mean() + pooled.square().mean();
        loss.backward();

        float[] values = pooled.detach().data<float>().ToArray();
        GoldenNumbers.AssertChecksum(item.Value.GetProperty("global_feat"), values, FeatureTolerance);
        GoldenNumbers.AssertChecksum(
            item.Value.GetProperty("bn_embedding"), embedding.detach().data<float>().ToArray(), NeckTolerance);
        if (File.Exists(features))
        {
            GoldenNumbers.AssertClose(NpyFile.Read<float>(features).Values, values, features, FeatureTolerance);
        }

        float expected = item.Value.GetProperty("loss").GetSingle();
        Assert.Equal(expected, loss.ToSingle(), 1e-4f * Math.Abs(expected));
        AssertState(item.Value, NetworkState.Of(network).ToDictionary(entry => entry.Name, entry => entry.Value));
    }

    private static void AssertState(JsonElement expected, Dictionary<string, Tensor> state)
    {
        foreach (JsonProperty gradient in expected.GetProperty("grads").EnumerateObject())
        {
            Tensor actual = state[gradient.Name].grad ?? throw new InvalidOperationException($"{gradient.Name}: none");
            AssertGradient(gradient, actual.data<float>().ToArray());
        }

        foreach (JsonProperty buffer in expected.GetProperty("buffers_after").EnumerateObject())
        {
            GoldenNumbers.AssertChecksum(buffer.Value, state[buffer.Name].data<float>().ToArray(), 1e-4);
        }

        foreach (JsonElement name in expected.GetProperty("params_without_grad").EnumerateArray())
        {
            Assert.Null(state.GetValueOrDefault(name.GetString()!)?.grad);
        }
    }

    private static void AssertGradient(JsonProperty gradient, float[] actual)
    {
        double magnitude = gradient.Value.GetProperty("abs_sum").GetDouble();
        double mean = magnitude / actual.Length;
        Assert.Equal(gradient.Value.GetProperty("n").GetInt32(), actual.Length);
        if (mean < Noise)
        {
            Assert.InRange(actual.Average(Math.Abs), 0, Noise);
            return;
        }

        Assert.Equal(magnitude, actual.Sum(value => Math.Abs((double)value)), SumTolerance * magnitude);
        Assert.Equal(gradient.Value.GetProperty("sum").GetDouble(), actual.Sum(value => (double)value),
            SumTolerance * magnitude);
        JsonElement first = gradient.Value.GetProperty("first4");
        for (int i = 0; i < first.GetArrayLength(); i++)
        {
            Assert.Equal(first[i].GetDouble(), actual[i], ElementTolerance * mean);
        }
    }
}
