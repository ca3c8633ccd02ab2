namespace OrleansGallery.Inference.Networks;

/// <summary>A plain stack of convolution blocks, as few-shot learning compares its methods on.</summary>
public sealed record ConvBlocksShape : NetworkShape
{
    /// <summary>Blocks; each halves the sides. Default: 4.</summary>
    public int Blocks { get; init; } = 4;

    /// <summary>Filters of each block. Default: 64.</summary>
    public int Filters { get; init; } = 64;

    /// <inheritdoc/>
    public override int Dimension => Filters;

    /// <inheritdoc/>
    public override Trunk NewTrunk() => new ConvBlocks(this);
}
