using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>The parts that blocks share.</summary>
internal static class Blocks
{
    /// <summary>A convolution without bias, padded to keep the size at stride 1.</summary>
    public static Module<Tensor, Tensor> Convolution(int input, int output, int kernel, int stride = 1) =>
        Conv2d(input, output, kernel, stride: stride, padding: kernel / 2, bias: false);

    /// <summary>The shortcut's layers.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="input">Channels in.</param>
    /// <param name="output">Channels out.</param>
    /// <param name="stride">The block's stride.</param>
    /// <returns>The layers, or null where the input passes as it is.</returns>
    public static Module<Tensor, Tensor>? Shortcut(ShortcutKind kind, int input, int output, int stride)
    {
        if (stride == 1 && input == output)
        {
            return null;
        }

        List<(string, Module<Tensor, Tensor>)> layers = [];
        if (kind == ShortcutKind.AveragePool && stride > 1)
        {
            layers.Add(("pool", AvgPool2d(stride)));
        }

        layers.Add(("0", Convolution(input, output, 1, kind == ShortcutKind.AveragePool ? 1 : stride)));
        layers.Add(("1", new BatchNorm(output)));
        return Sequential([.. layers]);
    }
}
