using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>
/// Backbone, global average pooling and BNNeck: image to embedding. The pooled features are what the metric losses
/// compare, the neck's output is what galleries hold.
/// </summary>
/// <remarks>
/// BNNeck: Luo et al., "Bag of Tricks and a Strong Baseline for Deep Person Re-identification", 2019.
/// </remarks>
public sealed class EmbeddingNetwork : Module<Tensor, Tensor>
{
    private readonly Backbone backbone;
    private readonly BatchNorm bn;

    /// <summary>Builds the network with Torch's own initial weights, in training mode.</summary>
    /// <param name="shape">What the backbone looks like.</param>
    public EmbeddingNetwork(NetworkShape shape)
        : base(nameof(EmbeddingNetwork))
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        backbone = new Backbone(shape);
        bn = new BatchNorm(shape.Dimension);
        bn.Bias.requires_grad = false; // The neck only scales: a shift would part the two spaces that losses work in.
        RegisterComponents();
    }

    /// <summary>What the backbone looks like.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The backbone's trunk.</summary>
    public Trunk Trunk => backbone.Trunk;

    /// <summary>Computes pooled features.</summary>
    /// <param name="input">[B, 3, H, W], normalised.</param>
    /// <returns>[B, D].</returns>
    public Tensor Pool(Tensor input)
    {
        using Tensor map = backbone.call(input);
        return Trunk.Pool(map);
    }

    /// <summary>Applies the neck.</summary>
    /// <param name="pooled">[B, D], as <see cref="Pool"/> gives them.</param>
    /// <returns>[B, D].</returns>
    public Tensor Neck(Tensor pooled) => bn.call(pooled);

    /// <summary>Computes embeddings, not normalised.</summary>
    /// <param name="input">[B, 3, H, W], normalised.</param>
    /// <returns>[B, D].</returns>
    public override Tensor forward(Tensor input)
    {
        using Tensor pooled = Pool(input);
        return Neck(pooled);
    }
}
