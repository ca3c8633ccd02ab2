using System.Diagnostics;
using OrleansGallery.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Native;

public sealed class TensorScalarsTests
{
    [Fact]
    public void Operations_Always_DoWhatTheirNamesSay()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new float[] { -2, 0, 3 });
        Assert.Equal([-4, 0, 6], Values(x.Plus(x)));
        Assert.Equal([-1, 1, 4], Values(x.Plus(1)));
        Assert.Equal([-1, 0, 1.5f], Values(x.Times(0.5)));
        Assert.Equal([-1, 0, 3], Values(x.AtLeast(-1)));
        Assert.Equal([-1, 0, 1], Values(x.Within(-1, 1)));
        Assert.Equal([-2, 7, 3], Values(x.Masked(x.eq(zeros_like(x)), 7)));
        Assert.Equal([-4, 0, 6], Values(x.Increase(x.clone())));
    }

    [Fact]
    public void Operations_WhileMemoryIsCollected_KeepTheirNumbers()
    {
        using CancellationTokenSource stop = new();
        Thread collector = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            using Tensor ones = torch.ones([1 << 14]);
            Stopwatch watch = Stopwatch.StartNew();
            while (watch.Elapsed < TimeSpan.FromSeconds(2))
            {
                using DisposeScope scope = NewDisposeScope();
                Assert.Equal(5.5f, Values(ones.Times(2.5).Plus(ones).Plus(2))[7]);
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();
}
