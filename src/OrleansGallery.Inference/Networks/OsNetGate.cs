using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>The unified aggregation gate: how much of each channel of a stream passes; all streams of a block share it.</summary>
internal sealed class OsNetGate : Module<Tensor, Tensor>
{
    private const int Reduction = 16;

    private readonly Module<Tensor, Tensor> fc1;
    private readonly Module<Tensor, Tensor> fc2;

    public OsNetGate(int channels)
        : base(nameof(OsNetGate))
    {
        fc1 = Conv2d(channels, channels / Reduction, 1);
        fc2 = Conv2d(channels / Reduction, channels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mean = functional.adaptive_avg_pool2d(input, [1, 1]); // [B, C, 1, 1]
        Tensor share = fc2.call(fc1.call(mean).relu_()).sigmoid_();
        return input.mul(share).MoveToOuterDisposeScope();
    }
}
