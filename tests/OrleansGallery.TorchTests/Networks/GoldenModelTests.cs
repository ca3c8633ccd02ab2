using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Offline;
using OrleansGallery.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Networks;

/// <summary>The paper's own numbers, found by file name.</summary>
[Trait("Category", "Golden")]
public sealed partial class GoldenModelTests
{
    private static readonly string[] Models = [.. Architectures.All.Select(shape => shape.Name)];

    [Fact]
    public void Generator_EveryVector_IsEqual()
    {
        foreach (string path in Goldens.Find("generator vectors", "model", "generator_vectors*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray())
            {
                ulong hash = FormulaWeights.Hash(vector.GetProperty("name").GetString()!);
                Assert.Equal(vector.GetProperty("fnv1a64_hex").GetString(), $"{hash:x16}");
                JsonElement uniforms = vector.GetProperty("u_first4");
                for (int i = 0; i < uniforms.GetArrayLength(); i++)
                {
                    Assert.Equal(uniforms[i].GetDouble(), FormulaWeights.Uniform(hash, i));
                }
            }
        }
    }

    [Fact]
    public void StateDict_EveryModel_HasTheGoldenNamesShapesAndOrder()
    {
        foreach (string path in Goldens.Find("state dicts", "model", "*_state_dict.json", file =>
            Models.Contains(file[..^"_state_dict.json".Length])))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            string model = Path.GetFileName(path)[..^"_state_dict.json".Length];
            JsonElement[] entries = [.. document.RootElement.GetProperty("entries").EnumerateArray()];
            foreach (JsonElement entry in entries)
            {
                if (entry.TryGetProperty("check", out JsonElement check))
                {
                    GoldenNumbers.AssertChecksum(check, FormulaWeights.Values(NameOf(entry), ShapeOf(entry)), 1e-9);
                }
            }

            using EmbeddingNetwork network = new(Architectures.Find(model)!);
            // Classifier and class centers belong to training.
            string[] expected = [.. entries
                .Where(entry => NameOf(entry) is not ("center_loss.centers" or "fc_query.weight"))
                .Select(entry => $"{NameOf(entry)} [{string.Join(", ", ShapeOf(entry))}]")];
            Assert.Equal(expected, NetworkState.Of(network).Select(item =>
                $"{item.Name} [{string.Join(", ", item.Value.shape)}]"));
        }
    }

    [Fact]
    public void Embedding_EveryArray_IsEqual()
    {
        IReadOnlyList<string> cases = Goldens.Find(
            "eval-mode arrays", "model", "*_in_*.npy", file => CaseOf(file) is not null);
        foreach (IGrouping<string, string> model in cases.GroupBy(path => CaseOf(Path.GetFileName(path))!.Value.Model))
        {
            using EmbeddingNetwork network = FormulaNetwork.Create(model.Key);
            foreach (string path in model)
            {
                (_, string input, long[] shape, bool neck) = CaseOf(Path.GetFileName(path))!.Value;
                (float[] pooled, float[] embedding) = FormulaNetwork.Run(network, input, shape);
                GoldenNumbers.AssertClose(NpyFile.Read<float>(path).Values, neck ? embedding : pooled, path);
            }
        }
    }

    [Fact]
    public void Forward_EveryEvalCase_HasTheGoldenStages()
    {
        foreach (string path in Goldens.Find("forward cases", "model", "*_forward.json", file =>
            Models.Contains(file[..^"_forward.json".Length])))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            using EmbeddingNetwork network =
                FormulaNetwork.Create(Path.GetFileName(path)[..^"_forward.json".Length]);
            foreach (JsonProperty item in document.RootElement.GetProperty("cases").EnumerateObject())
            {
                if (item.Value.GetProperty("mode").GetString() == "eval")
                {
                    AssertCase(network, item);
                }
            }
        }
    }

    private static void AssertCase(EmbeddingNetwork network, JsonProperty item)
    {
        long[] shape = ShapeIn(item.Name);
        GoldenNumbers.AssertChecksum(
            item.Value.GetProperty("input_check"), FormulaWeights.Input(item.Name, shape), 1e-9);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        Tensor x = tensor(FormulaWeights.Input(item.Name, shape)).reshape(shape);
        foreach ((string name, nn.Module child) in network.Trunk.named_children())
        {
            if (name == "fc")
            {
                continue; // Of split networks; never applied.
            }

            x = ((nn.Module<Tensor, Tensor>)child).call(x);
            if (item.Value.GetProperty("stages").TryGetProperty(name, out JsonElement stage))
            {
                float[] first = [.. stage.GetProperty("first8").EnumerateArray().Select(v => v.GetSingle())];
                GoldenNumbers.AssertClose(
                    first, x.flatten().slice(0, 0, 8, 1).data<float>().ToArray(), $"{item.Name} {name}");
                float mean = stage.GetProperty("abs_mean").GetSingle();
                GoldenNumbers.AssertClose([mean], [x.abs().mean().ToSingle()], $"{item.Name} {name} mean");
            }
        }

        (float[] pooled, float[] embedding) = FormulaNetwork.Run(network, item.Name, shape);
        GoldenNumbers.AssertChecksum(item.Value.GetProperty("global_feat"), pooled, 1e-4);
        GoldenNumbers.AssertChecksum(item.Value.GetProperty("bn_embedding"), embedding, 1e-4);
    }

    private static (string Model, string Input, long[] Shape, bool Neck)? CaseOf(string file)
    {
        Match match = CasePattern().Match(file);
        return match.Success && Models.Contains(match.Groups[1].Value)
            ? (
                match.Groups[1].Value,
                match.Groups[2].Value,
                ShapeIn(match.Groups[2].Value),
                match.Groups[3].Value == "bn_embedding")
            : null;
    }

    private static long[] ShapeIn(string input) =>
        [.. input[(input.LastIndexOf('_') + 1)..].Split('x').Select(long.Parse)];

    private static string NameOf(JsonElement entry) => entry.GetProperty("name").GetString()!;

    private static long[] ShapeOf(JsonElement entry) =>
        [.. entry.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];

    [GeneratedRegex(@"^(.+?)_(in_(?:.*_)?\d+x\d+x\d+x\d+)_(bn_embedding|global_feat)\.npy$")]
    private static partial Regex CasePattern();
}
