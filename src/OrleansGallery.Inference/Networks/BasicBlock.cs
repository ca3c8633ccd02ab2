using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>Two 3x3 convolutions and a shortcut.</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> conv1;
    private readonly Module<Tensor, Tensor> bn1;
    private readonly Module<Tensor, Tensor> conv2;
    private readonly Module<Tensor, Tensor> bn2;
    private readonly Module<Tensor, Tensor>? downsample;

    public BasicBlock(ResNetShape shape, int input, int width, int stride)
        : base(nameof(BasicBlock))
    {
        conv1 = Blocks.Convolution(input, width, 3, stride);
        bn1 = new BatchNorm(width);
        conv2 = Blocks.Convolution(width, width, 3);
        bn2 = new BatchNorm(width);
        downsample = Blocks.Shortcut(shape.Shortcut, input, width, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        // One scope per block, not per batch: a network's activations are far larger than its output.
        using DisposeScope scope = NewDisposeScope();
        Tensor x = bn1.call(conv1.call(input)).relu_();
        x = bn2.call(conv2.call(x));
        return x.Increase(downsample?.call(input) ?? input).relu_().MoveToOuterDisposeScope();
    }
}
