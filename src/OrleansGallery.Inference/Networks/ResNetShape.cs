namespace OrleansGallery.Inference.Networks;

/// <summary>Everything that makes one residual network differ from another.</summary>
public sealed record ResNetShape : NetworkShape
{
    /// <summary>The kind of its blocks.</summary>
    public required BlockKind Block { get; init; }

    /// <summary>Blocks per stage, for example 3, 4, 6, 3.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Width per stage, before a bottleneck's expansion. Default: 64, 128, 256, 512.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [64, 128, 256, 512];

    /// <summary>Stride of the last stage. Default: 1, as the paper has it (stock networks: 2).</summary>
    public int LastStride { get; init; } = 1;

    /// <summary>
    /// Whether a ReLU follows the stem's normalisation. Default: no, as in the paper's plain networks (stock ones: yes).
    /// </summary>
    public bool StemRelu { get; init; }

    /// <summary>
    /// Whether the first normalisation of the blocks of stages 1 to 3 is IBN-a's, half by instance. Default: no.
    /// </summary>
    public bool SplitNorm { get; init; }

    /// <summary>The shortcut of blocks that change size or width.</summary>
    public ShortcutKind Shortcut { get; init; } = ShortcutKind.StridedConvolution;

    /// <summary>Width of a last 1x1 convolution; null for none (the default).</summary>
    public int? Head { get; init; }

    /// <summary>How much wider a block's output is than its width.</summary>
    public int Expansion => Block == BlockKind.Bottleneck ? 4 : 1;

    /// <summary>Channels of the last stage.</summary>
    public int StageOutput => Widths[^1] * Expansion;

    /// <summary>Channels of the feature map, that is the embedding's dimension.</summary>
    public override int Dimension => Head ?? StageOutput;

    /// <inheritdoc/>
    public override int? Stride => LastStride;

    /// <inheritdoc/>
    public override bool? Relu => StemRelu;

    /// <inheritdoc/>
    public override NetworkShape Variant(int? lastStride, bool? stemRelu) =>
        this with { LastStride = lastStride ?? LastStride, StemRelu = stemRelu ?? StemRelu };

    /// <inheritdoc/>
    public override Trunk NewTrunk() => new ResNet(this);
}
