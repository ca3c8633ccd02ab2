using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>The layers that omni-scale networks are made of, under their checkpoints' names.</summary>
internal static class OsNetLayers
{
    /// <summary>Convolution, batch normalisation and, unless left out, ReLU.</summary>
    public static Module<Tensor, Tensor> Convolution(
        int input, int output, int kernel, int stride = 1, bool relu = true)
    {
        List<(string, Module<Tensor, Tensor>)> layers =
        [
            ("conv", Blocks.Convolution(input, output, kernel, stride)),
            ("bn", new BatchNorm(output)),
        ];
        if (relu)
        {
            layers.Add(("relu", ReLU(inplace: true)));
        }

        return Sequential([.. layers]);
    }

    /// <summary>A 3x3 convolution in two: pointwise over the channels, then one 3x3 kernel per channel.</summary>
    public static Module<Tensor, Tensor> Lite(int width) => Sequential(
        ("conv1", Blocks.Convolution(width, width, 1)),
        ("conv2", Conv2d(width, width, 3, stride: 1, padding: 1, groups: width, bias: false)),
        ("bn", new BatchNorm(width)),
        ("relu", ReLU(inplace: true)));
}
