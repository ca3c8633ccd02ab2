using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>
/// A residual network without classifier: image to feature map. Its children are applied in the order they are
/// registered (but for an unused <c>fc</c>), under the names of the paper's checkpoints.
/// </summary>
/// <remarks>
/// He et al., "Deep Residual Learning for Image Recognition", 2015, with the stride in the 3x3 convolution.
/// </remarks>
public sealed class ResNet : Trunk
{
    private const int ImageNetClasses = 1000;

    private readonly Module<Tensor, Tensor> conv1;
    private readonly Module<Tensor, Tensor> bn1;
    private readonly Module<Tensor, Tensor>? relu;
    private readonly Module<Tensor, Tensor> maxpool;
    private readonly Module<Tensor, Tensor> layer1;
    private readonly Module<Tensor, Tensor> layer2;
    private readonly Module<Tensor, Tensor> layer3;
    private readonly Module<Tensor, Tensor> layer4;
    private readonly Module<Tensor, Tensor>? head;
    private readonly Module<Tensor, Tensor>? fc;

    /// <summary>Builds the network with Torch's own initial weights, in training mode.</summary>
    /// <param name="shape">What it looks like.</param>
    public ResNet(ResNetShape shape)
        : base(nameof(ResNet))
    {
        ArgumentNullException.ThrowIfNull(shape);
        int stem = shape.Widths[0];
        conv1 = Conv2d(3, stem, 7, stride: 2, padding: 3, bias: false);
        bn1 = new BatchNorm(stem);
        relu = shape.StemRelu ? ReLU(inplace: true) : null;
        maxpool = MaxPool2d(3, stride: 2, padding: 1);
        layer1 = Stage(shape, 0, stem, stride: 1);
        layer2 = Stage(shape, 1, shape.Widths[0] * shape.Expansion, stride: 2);
        layer3 = Stage(shape, 2, shape.Widths[1] * shape.Expansion, stride: 2);
        layer4 = Stage(shape, 3, shape.Widths[2] * shape.Expansion, shape.LastStride);
        head = shape.Head is { } width ? Blocks.Convolution(shape.StageOutput, width, 1) : null;
        // Never applied; the paper's split networks have it, and so do their checkpoints.
        fc = shape.SplitNorm ? Linear(shape.StageOutput, ImageNetClasses) : null;
        RegisterComponents();
    }

    /// <summary>Computes the feature map.</summary>
    /// <param name="input">[B, 3, H, W], normalised.</param>
    /// <returns>[B, D, H / 16 or 32, W / 16 or 32].</returns>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = bn1.call(conv1.call(input));
        x = maxpool.call(relu?.call(x) ?? x);
        x = layer4.call(layer3.call(layer2.call(layer1.call(x))));
        return (head?.call(x) ?? x).MoveToOuterDisposeScope();
    }

    private static Module<Tensor, Tensor> Stage(ResNetShape shape, int stage, int input, int stride)
    {
        int width = shape.Widths[stage];
        int output = width * shape.Expansion;
        return Sequential(
            [.. Enumerable.Range(0, shape.Depths[stage]).Select(block => (
                $"{block}",
                NewBlock(
                    shape,
                    block == 0 ? input : output,
                    width,
                    block == 0 ? stride : 1,
                    shape.SplitNorm && stage < 3)))]);
    }

    private static Module<Tensor, Tensor> NewBlock(ResNetShape shape, int input, int width, int stride, bool split) =>
        shape.Block == BlockKind.Bottleneck
            ? new Bottleneck(shape, input, width, stride, split)
            : new BasicBlock(shape, input, width, stride);
}
