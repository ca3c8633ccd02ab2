using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>
/// Instance normalisation of the first half of the channels, batch normalisation of the others: appearance that differs
/// from image to image is taken away, content kept.
/// </summary>
/// <remarks>
/// IBN-a of Pan et al., "Two at Once: Enhancing Learning and Generalization Capacities via IBN-Net", 2018.
/// </remarks>
internal sealed class SplitNorm : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> IN;
    private readonly Module<Tensor, Tensor> BN;
    private readonly int _half;

    public SplitNorm(int channels)
        : base(nameof(SplitNorm))
    {
        _half = channels / 2;
        IN = InstanceNorm2d(_half, affine: true, track_running_stats: false);
        BN = new BatchNorm(channels - _half);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] halves = input.split([_half, input.shape[1] - _half], 1);

        // In float32 also under autocast: the variance of one small map has too few bits otherwise.
        Tensor instance = IN.call(halves[0].contiguous().to(ScalarType.Float32));
        Tensor batch = BN.call(halves[1].contiguous());
        Tensor joined = cat([instance, batch], 1);
        return (training ? joined : joined.to(input.dtype)).MoveToOuterDisposeScope();
    }
}
