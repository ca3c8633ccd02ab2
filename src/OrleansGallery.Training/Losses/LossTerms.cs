using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>One step's loss, and its parts for the log. The parts carry their weights.</summary>
internal sealed record LossTerms
{
    /// <summary>The sum, a scalar with gradient.</summary>
    public required Tensor Total { get; init; }

    /// <summary>Weighted cross-entropy; null where left out.</summary>
    public Tensor? CrossEntropy { get; init; }

    /// <summary>Weighted cross-entropy over the batch's centroids; null where left out.</summary>
    public Tensor? CentroidCrossEntropy { get; init; }

    /// <summary>Weighted batch-hard triplet loss; null where left out.</summary>
    public Tensor? Triplet { get; init; }

    /// <summary>Weighted center loss; null where left out.</summary>
    public Tensor? Center { get; init; }

    /// <summary>Weighted centroid triplet loss; null where left out.</summary>
    public Tensor? CentroidTriplet { get; init; }

    /// <summary>
    /// Mean distance to the hardest positive: of the centroid rounds, or of the images where those are left out.
    /// </summary>
    public Tensor? Positive { get; init; }

    /// <summary>Mean distance to the hardest negative.</summary>
    public Tensor? Negative { get; init; }

    /// <summary>Mean length of the centroids; null without centroid rounds.</summary>
    public Tensor? CentroidNorm { get; init; }

    /// <summary>Centroid rounds that had two participants.</summary>
    public int Rounds { get; init; }

    /// <summary>Identities of the batch with a single image, which take no part in centroid rounds.</summary>
    public int SingleImageIdentities { get; init; }
}
