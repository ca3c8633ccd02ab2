using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.TorchTests.Networks;

namespace OrleansGallery.TorchTests.Import;

/// <summary>What trained a network leaves its name in front of every key.</summary>
public sealed class WrappedKeysTests : IDisposable
{
    private const string Trunk = "backbone.base.";

    private readonly Testing.TemporaryFolder _folder = new();

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("model.")]
    [InlineData("net.")]
    [InlineData("backbone.")]
    [InlineData("module._orig_mod.model.")]
    [InlineData("model.backbone.")]
    [InlineData("_orig_mod.module.net.base.")]
    public void Import_ABareNetworkUnderIt_HasTheWeightsOfTheSameWithout(string wrapper) =>
        Assert.Equal(WeightsOf(Bare(string.Empty)), WeightsOf(Bare(wrapper)));

    [Theory]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("module._orig_mod.")]
    public void Import_AWholeModelUnderIt_KeepsItsNeck(string wrapper)
    {
        string[] plain = WeightsOf(Whole(string.Empty));
        Assert.Equal(plain, WeightsOf(Whole(wrapper)));
        Assert.NotEqual(plain, WeightsOf(Bare(string.Empty)));
    }

    [Fact]
    public void Import_FastReidsFileWithHeads_IsItsBackbone()
    {
        List<SafetensorsTensor> tensors = Bare("backbone.");
        tensors.Add(SafetensorsTensor.Of("heads.weight", [3, 512], new float[3 * 512]));
        tensors.Add(SafetensorsTensor.Of("heads.bottleneck.0.weight", [512], new float[512]));
        tensors.Add(SafetensorsTensor.Of("pixel_mean", [3], new float[3]));
        Assert.Equal(WeightsOf(Bare(string.Empty)), WeightsOf(tensors));

        // A head that changes the embedding in a way that is not carried over.
        tensors.Add(SafetensorsTensor.Of("heads.pool_layer.p", [1], new float[1]));
        CheckpointException e = Assert.Throws<CheckpointException>(() => WeightsOf(tensors));
        Assert.Contains("unexpected: 'heads.pool_layer.p'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_AKeyWithoutTheWrapper_IsRefused()
    {
        List<SafetensorsTensor> tensors = Bare("model.");
        tensors.Add(SafetensorsTensor.Of("ema.decay", [1], new float[1]));
        CheckpointException e = Assert.Throws<CheckpointException>(() => WeightsOf(tensors));
        Assert.Contains("'model.conv1.weight'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_OurTrunkWithoutNeck_IsNotTakenForAWrappedNetwork()
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => WeightsOf(Bare(Trunk)));
        Assert.Contains("missing: 'bn.weight'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Import_AWeightThatIsNotFinite_IsRefusedNamingTensorAndIndex(float weight, string shown)
    {
        List<SafetensorsTensor> tensors = Whole("module.");
        int at = tensors.FindIndex(tensor => tensor.Name == $"module.{Trunk}layer1.0.conv1.weight");
        float[] values = new float[64 * 64 * 3 * 3];
        values[(5 * 64 * 9) + (2 * 9) + 7] = weight;
        tensors[at] = SafetensorsTensor.Of(tensors[at].Name, [64, 64, 3, 3], values);

        CheckpointException e = Assert.Throws<CheckpointException>(() => WeightsOf(tensors));

        Assert.Contains($"'module.{Trunk}layer1.0.conv1.weight' is {shown} at [5, 2, 2, 1]", e.Message,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("models")));
    }

    [Fact]
    public void ImportAndLoad_AModelsFileWithNaN_AreRefused()
    {
        string path = DefaultModel.EnsureCreated(_folder.File("made"));
        using (SafetensorsFile file = SafetensorsFile.Open(path))
        {
            SafetensorsEntry entry = file.Find("bn.weight")!;
            byte[] bytes = File.ReadAllBytes(path);
            long start = bytes.Length - file.Entries.Sum(item => item.Length) + entry.Offset;
            bytes.AsSpan((int)start + (int)entry.Length - 2, 2).Fill(0xff);
            File.WriteAllBytes(_folder.File("bad.safetensors"), bytes);
        }

        ModelStore store = new(_folder.File("models"));
        foreach (Action act in (Action[])
            [
                () => store.Import(_folder.File("bad.safetensors")),
                () => store.Load(_folder.File("bad.safetensors")).Dispose(),
            ])
        {
            Assert.Contains("'bn.weight' is NaN at [511]", Assert.Throws<CheckpointException>(act).Message,
                StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static List<SafetensorsTensor> Whole(string wrapper)
    {
        using EmbeddingNetwork network = FormulaNetwork.Create("resnet18");
        return [.. NetworkWeights.Copy(network).Select(tensor => tensor with { Name = wrapper + tensor.Name })];
    }

    private static List<SafetensorsTensor> Bare(string prefix) =>
    [
        .. Whole(string.Empty).Where(tensor => tensor.Name.StartsWith(Trunk, StringComparison.Ordinal))
            .Select(tensor => tensor with { Name = prefix + tensor.Name[Trunk.Length..] }),
    ];

    // Of the model that an import makes: each tensor's name and content.
    private string[] WeightsOf(List<SafetensorsTensor> tensors)
    {
        string path = _folder.File("source");
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>());
        using SafetensorsFile model = SafetensorsFile.Open(new ModelStore(_folder.File("models")).Import(path).Path);
        return [.. model.Entries.Select(entry =>
        {
            byte[] bytes = new byte[entry.Length];
            model.Read(entry, bytes);
            return $"{entry.Name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))}";
        })];
    }
}
