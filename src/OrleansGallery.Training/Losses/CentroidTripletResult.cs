using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>The centroid triplet loss of a batch, and what is worth watching.</summary>
internal sealed record CentroidTripletResult
{
    /// <summary>The mean over the rounds, a scalar with gradient; zero where every round was skipped.</summary>
    public required Tensor Loss { get; init; }

    /// <summary>Rounds with at least two participants.</summary>
    public required int Rounds { get; init; }

    /// <summary>Mean distance to the hardest own vector, a scalar.</summary>
    public required Tensor Positive { get; init; }

    /// <summary>Mean distance to the hardest other vector, a scalar.</summary>
    public required Tensor Negative { get; init; }

    /// <summary>Mean length of the centroids, a scalar.</summary>
    public required Tensor CentroidNorm { get; init; }
}
