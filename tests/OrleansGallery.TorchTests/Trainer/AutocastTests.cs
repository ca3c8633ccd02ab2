using OrleansGallery.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Trainer;

public sealed class AutocastTests
{
    [Fact]
    public void Enter_OnThisDevice_MultipliesInBFloat16UntilDisposed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libtorch's names are known on Linux only.");
        using DisposeScope scope = NewDisposeScope();
        Tensor a = randn([4, 4]);
        using (Autocast.Enter(DeviceType.CPU))
        {
            Assert.Equal(ScalarType.BFloat16, a.matmul(a).dtype);
        }

        Assert.Equal(ScalarType.Float32, a.matmul(a).dtype);
    }
}
