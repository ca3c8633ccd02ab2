namespace OrleansGallery.Training;

/// <summary>Figures that others published; what a source leaves out is null.</summary>
public sealed record PaperFigure
{
    /// <summary>The recipe whose model it is of.</summary>
    public required string Recipe { get; init; }

    /// <summary>What was measured, for example "the paper, CTL-S, ResNet-50".</summary>
    public required string Whose { get; init; }

    /// <summary>What was searched: centroid or single image.</summary>
    public required string SearchBy { get; init; }

    /// <summary>mAP, 0 to 1.</summary>
    public double? Map { get; init; }

    /// <summary>Rank-1, 0 to 1.</summary>
    public double? Rank1 { get; init; }

    /// <summary>Rank-5, 0 to 1.</summary>
    public double? Rank5 { get; init; }

    /// <summary>Rank-10, 0 to 1.</summary>
    public double? Rank10 { get; init; }

    /// <summary>Rank-20, 0 to 1.</summary>
    public double? Rank20 { get; init; }

    /// <summary>Rank-50, 0 to 1.</summary>
    public double? Rank50 { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }
}
