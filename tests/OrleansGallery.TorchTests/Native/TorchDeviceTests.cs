using OrleansGallery.Inference;

namespace OrleansGallery.TorchTests.Native;

public sealed class TorchDeviceTests
{
    [Theory]
    [InlineData("cpu", 2, "cpu")]
    [InlineData("auto", 0, "cpu")]
    [InlineData("auto", 2, "cuda:0")]
    [InlineData("cuda", 1, "cuda:0")]
    [InlineData("cuda:1", 2, "cuda:1")]
    [InlineData("cuda:0, cuda:1", 2, "cuda:0 cuda:1")]
    public void List_Devices_AreNamed(string names, int devices, string expected) =>
        Assert.Equal(expected.Split(' '), TorchDevice.List(names, () => devices));

    [Theory]
    [InlineData("cuda:7", 2, "there are 2 CUDA devices, cuda:0 to cuda:1; set Server:Device")]
    [InlineData("cuda", 0, "Device 'cuda' is not available: ")]
    [InlineData("cuda:0,cuda:2", 2, "'cuda:2' is not available")]
    [InlineData("gpu", 2, "'gpu' is no device")]
    [InlineData("cuda:-1", 2, "'cuda:-1' is no device")]
    [InlineData("cuda:0,cuda:0", 2, "only different CUDA devices")]
    [InlineData("cpu,cuda:0", 2, "only different CUDA devices")]
    public void List_NotThere_SaysWhatIs(string names, int devices, string expected)
    {
        TorchRuntimeException e = Assert.Throws<TorchRuntimeException>(() => TorchDevice.List(names, () => devices));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", true)]
    [InlineData("cuda:7", true)]
    [InlineData("cuda:0,cuda:1", true)]
    [InlineData("tpu", false)]
    [InlineData("cuda:0,,cuda:1", false)]
    public void Fault_OfATextAlone_KnowsTheGrammar(string names, bool fine) =>
        Assert.Equal(fine, TorchDevice.Fault(names) is null);
}
