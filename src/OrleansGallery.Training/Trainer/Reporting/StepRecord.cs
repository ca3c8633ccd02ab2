namespace OrleansGallery.Training;

/// <summary>One step's figures.</summary>
public sealed record StepRecord
{
    /// <summary>The epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps done, this one included.</summary>
    public required long Step { get; init; }

    /// <summary>The learning rate in force.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The loss.</summary>
    public required double Total { get; init; }

    /// <summary>Its weighted parts; null where left out.</summary>
    public double? CrossEntropy { get; init; }

    /// <summary>Weighted cross-entropy over the batch's centroids.</summary>
    public double? CentroidCrossEntropy { get; init; }

    /// <summary>Weighted batch-hard triplet loss.</summary>
    public double? Triplet { get; init; }

    /// <summary>Weighted center loss.</summary>
    public double? Center { get; init; }

    /// <summary>Weighted centroid triplet loss.</summary>
    public double? CentroidTriplet { get; init; }

    /// <summary>Mean distance to the hardest positive.</summary>
    public double? Positive { get; init; }

    /// <summary>Mean distance to the hardest negative.</summary>
    public double? Negative { get; init; }

    /// <summary>Mean length of the centroids.</summary>
    public double? CentroidNorm { get; init; }
}
