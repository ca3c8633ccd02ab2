using OrleansGallery.Inference;
using OrleansGallery.Inference.Native;
using TorchSharp;

namespace OrleansGallery.TorchTests.Native;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void EnsureLoaded_ThisMachine_RunsTorch()
    {
        TorchRuntime.EnsureLoaded();
        TorchRuntime.EnsureLoaded();
        using torch.Tensor sum = torch.ones(3).sum();
        Assert.Equal(3, sum.ToSingle());
        Assert.StartsWith("2.", TorchRuntime.Version, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_Set_AreTorchs()
    {
        int before = TorchRuntime.Threads;
        TorchRuntime.Threads = 1;
        Assert.Equal(1, torch.get_num_threads());
        TorchRuntime.Threads = before;
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.Threads = 0);
    }

    [Fact]
    public void FindTorchSharp_ThisApplication_IsUnderItsFolder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only.");
        Assert.StartsWith(AppContext.BaseDirectory, LibraryFolder.FindTorchSharp(), StringComparison.Ordinal);
    }
}
