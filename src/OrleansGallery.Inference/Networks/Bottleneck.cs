using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>1x1, 3x3 with the stride, 1x1 to four times the width, and a shortcut.</summary>
internal sealed class Bottleneck : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> conv1;
    private readonly Module<Tensor, Tensor> bn1;
    private readonly Module<Tensor, Tensor> conv2;
    private readonly Module<Tensor, Tensor> bn2;
    private readonly Module<Tensor, Tensor> conv3;
    private readonly Module<Tensor, Tensor> bn3;
    private readonly Module<Tensor, Tensor>? downsample;

    public Bottleneck(ResNetShape shape, int input, int width, int stride, bool split)
        : base(nameof(Bottleneck))
    {
        int output = width * shape.Expansion;
        conv1 = Blocks.Convolution(input, width, 1);
        bn1 = split ? new SplitNorm(width) : new BatchNorm(width);
        conv2 = Blocks.Convolution(width, width, 3, stride);
        bn2 = new BatchNorm(width);
        conv3 = Blocks.Convolution(width, output, 1);
        bn3 = new BatchNorm(output);
        downsample = Blocks.Shortcut(shape.Shortcut, input, output, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = bn1.call(conv1.call(input)).relu_();
        x = bn2.call(conv2.call(x)).relu_();
        x = bn3.call(conv3.call(x));
        return x.Increase(downsample?.call(input) ?? input).relu_().MoveToOuterDisposeScope();
    }
}
