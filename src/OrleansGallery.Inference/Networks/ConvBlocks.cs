using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>
/// Blocks of 3x3 convolution, normalisation, ReLU and 2x2 max-pooling. For 28 x 28 pixels and four blocks one pixel is
/// left, so that averaging is the same as flattening.
/// </summary>
/// <remarks>Snell, Swersky and Zemel, "Prototypical Networks for Few-shot Learning", 2017.</remarks>
internal sealed class ConvBlocks : Trunk
{
    private readonly Module<Tensor, Tensor> blocks;

    public ConvBlocks(ConvBlocksShape shape)
        : base(nameof(ConvBlocks))
    {
        blocks = Sequential([.. Enumerable.Range(0, shape.Blocks)
            .Select(block => ($"{block}", NewBlock(block == 0 ? 3 : shape.Filters, shape.Filters)))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => blocks.call(input);

    private static Module<Tensor, Tensor> NewBlock(int input, int filters) => Sequential(
        ("conv", Conv2d(input, filters, 3, padding: 1)),
        ("bn", new BatchNorm(filters)),
        // The same bits as with the ReLU first, on a quarter of the numbers.
        ("pool", MaxPool2d(2)),
        ("relu", ReLU(inplace: true)));
}
