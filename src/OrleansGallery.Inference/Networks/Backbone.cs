using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>Holds the trunk under the checkpoint's key <c>backbone.base</c>.</summary>
public sealed class Backbone : Module<Tensor, Tensor>
{
    private readonly Trunk @base;

    /// <summary>Builds the trunk.</summary>
    /// <param name="shape">What it looks like.</param>
    public Backbone(NetworkShape shape)
        : base(nameof(Backbone))
    {
        ArgumentNullException.ThrowIfNull(shape);
        @base = shape.NewTrunk();
        RegisterComponents();
    }

    /// <summary>The trunk.</summary>
    public Trunk Trunk => @base;

    /// <summary>Computes the feature map.</summary>
    /// <param name="input">[B, 3, H, W], normalised.</param>
    /// <returns>[B, D, h, w].</returns>
    public override Tensor forward(Tensor input) => @base.call(input);
}
