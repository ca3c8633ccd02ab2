using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>
/// The omni-scale residual block: four streams of one to four lite convolutions see 3, 5, 7 and 9 pixels wide; gated,
/// they are added up.
/// </summary>
internal sealed class OsNetBlock : Module<Tensor, Tensor>
{
    private const int Narrowing = 4;

    private readonly Module<Tensor, Tensor> conv1;
    private readonly Module<Tensor, Tensor> conv2a;
    private readonly Module<Tensor, Tensor> conv2b;
    private readonly Module<Tensor, Tensor> conv2c;
    private readonly Module<Tensor, Tensor> conv2d;
    private readonly Module<Tensor, Tensor> gate;
    private readonly Module<Tensor, Tensor> conv3;
    private readonly Module<Tensor, Tensor>? downsample;

    public OsNetBlock(int input, int output)
        : base(nameof(OsNetBlock))
    {
        int width = output / Narrowing;
        conv1 = OsNetLayers.Convolution(input, width, 1);
        conv2a = OsNetLayers.Lite(width);
        conv2b = Stream(width, 2);
        conv2c = Stream(width, 3);
        conv2d = Stream(width, 4);
        gate = new OsNetGate(width);
        conv3 = OsNetLayers.Convolution(width, output, 1, relu: false);
        downsample = input == output ? null : OsNetLayers.Convolution(input, output, 1, relu: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = conv1.call(input);
        Tensor sum = gate.call(conv2a.call(x));
        sum = sum.Plus(gate.call(conv2b.call(x))).Plus(gate.call(conv2c.call(x))).Plus(gate.call(conv2d.call(x)));
        x = conv3.call(sum);
        return x.Plus(downsample?.call(input) ?? input).relu_().MoveToOuterDisposeScope();
    }

    private static Module<Tensor, Tensor> Stream(int width, int depth) =>
        Sequential([.. Enumerable.Range(0, depth).Select(i => ($"{i}", OsNetLayers.Lite(width)))]);
}
