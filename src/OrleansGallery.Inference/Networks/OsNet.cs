using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>
/// The omni-scale network for re-identification: stem, three stages of two blocks (the first two end in a halving of
/// the map), a 1x1 convolution, and after pooling a linear layer to 512 numbers.
/// </summary>
/// <remarks>
/// Zhou et al., "Omni-Scale Feature Learning for Person Re-Identification", ICCV 2019, figure 5 and table 1.
/// </remarks>
internal sealed class OsNet : Trunk
{
    private readonly Module<Tensor, Tensor> conv1;
    private readonly Module<Tensor, Tensor> maxpool;
    private readonly Module<Tensor, Tensor> conv2;
    private readonly Module<Tensor, Tensor> conv3;
    private readonly Module<Tensor, Tensor> conv4;
    private readonly Module<Tensor, Tensor> conv5;
    private readonly Module<Tensor, Tensor> fc;

    public OsNet(OsNetShape shape)
        : base(nameof(OsNet))
    {
        IReadOnlyList<int> channels = shape.Channels;
        conv1 = OsNetLayers.Convolution(3, channels[0], 7, stride: 2);
        maxpool = MaxPool2d(3, stride: 2, padding: 1);
        conv2 = Stage(channels[0], channels[1], halve: true);
        conv3 = Stage(channels[1], channels[2], halve: true);
        conv4 = Stage(channels[2], channels[3], halve: false);
        conv5 = OsNetLayers.Convolution(channels[3], channels[3], 1);
        fc = Sequential(
            ("0", Linear(channels[3], shape.Dimension)), ("1", new BatchNorm(shape.Dimension)), ("2", ReLU()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = maxpool.call(conv1.call(input)); // [B, C0, H / 4, W / 4]
        x = conv4.call(conv3.call(conv2.call(x))); // [B, C3, H / 16, W / 16]
        return conv5.call(x).MoveToOuterDisposeScope();
    }

    public override Tensor Pool(Tensor map)
    {
        using Tensor pooled = base.Pool(map);
        return fc.call(pooled);
    }

    private static Module<Tensor, Tensor> Stage(int input, int output, bool halve)
    {
        List<(string, Module<Tensor, Tensor>)> layers =
            [("0", new OsNetBlock(input, output)), ("1", new OsNetBlock(output, output))];
        if (halve)
        {
            layers.Add(
                ("2", Sequential(("0", OsNetLayers.Convolution(output, output, 1)), ("1", AvgPool2d(2, stride: 2)))));
        }

        return Sequential([.. layers]);
    }
}
