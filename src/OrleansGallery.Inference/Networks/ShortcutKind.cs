namespace OrleansGallery.Inference.Networks;

/// <summary>How a block that changes size or width carries its input past its convolutions.</summary>
public enum ShortcutKind
{
    /// <summary>A 1x1 convolution with the block's stride, as in the paper's networks.</summary>
    StridedConvolution,

    /// <summary>Average pooling by the stride, then a 1x1 convolution: no pixel is skipped.</summary>
    AveragePool,
}
