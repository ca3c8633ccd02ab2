namespace OrleansGallery.Inference.Networks;

/// <summary>An omni-scale network of some width.</summary>
public sealed record OsNetShape : NetworkShape
{
    /// <summary>Channels of the stem and of the three stages; a quarter of a stage's is its streams' width.</summary>
    public required IReadOnlyList<int> Channels { get; init; }

    /// <inheritdoc/>
    public override int Dimension => 512;

    /// <inheritdoc/>
    public override Trunk NewTrunk() => new OsNet(this);
}
