namespace OrleansGallery.Training;

/// <summary>The terms of the training loss.</summary>
public sealed record LossOptions
{
    /// <summary>Weight of the label-smoothed cross-entropy on the neck's output. 0 leaves it out. Default: 1.</summary>
    public double CrossEntropyWeight { get; init; } = 1;

    /// <summary>Weight of the batch-hard triplet loss between images. Default: 1.</summary>
    public double TripletWeight { get; init; } = 1;

    /// <summary>Weight of the centroid triplet loss; 0 is the paper's baseline without centroids. Default: 1.</summary>
    public double CentroidTripletWeight { get; init; } = 1;

    /// <summary>
    /// Weight of the cross-entropy over the batch's centroids; not in the paper. It keeps a run on hard images without
    /// labels from falling onto one point. Default: 0.
    /// </summary>
    public double CentroidCrossEntropyWeight { get; init; }

    /// <summary>What similarities are divided by in the cross-entropy over centroids. Default: 0.1.</summary>
    public double Temperature { get; init; } = 0.1;

    /// <summary>Weight of the center loss. 0 leaves it out. Default: 0.0005.</summary>
    public double CenterWeight { get; init; } = 0.0005;

    /// <summary>How much farther a negative shall be than a positive. Default: 0.5.</summary>
    public double Margin { get; init; } = 0.5;

    /// <summary>Share of the cross-entropy's target that is spread over all identities. Default: 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>The triplet losses' distance. Default: euclidean.</summary>
    public DistanceKind Distance { get; init; } = DistanceKind.Euclidean;

    /// <summary>
    /// What the centroid triplet loss pushes away from: <c>imagesAndCentroids</c> as the paper's code (default),
    /// <c>centroids</c> as its formula.
    /// </summary>
    public CentroidNegatives CentroidNegatives { get; init; } = CentroidNegatives.ImagesAndCentroids;

    /// <summary>
    /// Whether the triplet losses see embeddings of length 1, so that the margin means the same everywhere; the paper
    /// does not. Default: false.
    /// </summary>
    public bool Normalize { get; init; }

    /// <summary>
    /// Whether the triplet losses compare what the neck makes of the pooled features, which is what galleries hold; the
    /// paper compares the features themselves. Default: false.
    /// </summary>
    public bool TripletsOnNeck { get; init; }
}
