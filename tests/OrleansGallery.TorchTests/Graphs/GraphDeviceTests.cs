using OrleansGallery.Inference;
using OrleansGallery.Inference.Graphs;
using OrleansGallery.Inference.Models;
using OrleansGallery.Onnx;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Graphs;

/// <summary>Torch's devices are not ONNX Runtime's.</summary>
public sealed class GraphDeviceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("auto", false, 1, "cpu")]
    [InlineData("auto", true, 1, "cuda:0")]
    [InlineData("auto", true, 0, "cpu")]
    [InlineData("cpu", true, 1, "cpu")]
    [InlineData("cuda:1", false, 0, "cuda:1")]
    public void DeviceOf_OnnxGraph_AutoIsWhatBothHave(string name, bool knowsCuda, int devices, string expected) =>
        Assert.Equal(expected, OnnxRunner.DeviceOf(name, () => knowsCuda, () => devices));

    [Fact]
    public void Load_OnnxGraphAuto_RunsWhereItCan()
    {
        using EmbeddingModel model = EmbeddingModel.Load(Import(), TorchDevice.Auto);
        Assert.Equal(OnnxSession.KnowsCuda && TorchDevice.CudaDevices > 0 ? "cuda:0" : "cpu", model.Device);
    }

    [Fact]
    public void Load_OnnxGraphOnADeviceThatIsNotThere_SaysSoOfTheDeviceAndNotOfTheFile()
    {
        Assert.SkipWhen(OnnxSession.KnowsCuda, "ONNX Runtime knows CUDA here.");
        string path = Import();
        TorchRuntimeException e = Assert.Throws<TorchRuntimeException>(() => EmbeddingModel.Load(path, "cuda:0"));
        Assert.Contains("Device 'cuda:0' is not available to ONNX Runtime", e.Message, StringComparison.Ordinal);
        Assert.Contains("OnnxBackend=cuda", e.Message, StringComparison.Ordinal);
    }

    private string Import()
    {
        File.WriteAllBytes(_folder.File("graph.onnx"), TestGraphs.Mean("batch").ToArray());
        return new ModelStore(_folder.File("models")).Import(
            _folder.File("graph.onnx"), new ImportOptions { Graph = new GraphOptions { Preset = "none" } }).Path;
    }
}
