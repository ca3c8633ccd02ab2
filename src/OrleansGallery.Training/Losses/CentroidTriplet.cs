using OrleansGallery.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// The centroid triplet loss (CTL): in K rounds each identity's i-th image is compared with the centroid of its other
/// images and with what belongs to other identities.
/// </summary>
/// <remarks>
/// Wieczorek, Rychalska and Dabrowski, "On the Unreasonable Effectiveness of Centroids in Image Retrieval", 2021:
/// L = [d(A, c_P) - d(A, c_N) + margin]+. A round with fewer than two participants is skipped.
/// </remarks>
internal static class CentroidTriplet
{
    /// <summary>Computes the loss.</summary>
    /// <param name="embeddings">[N, D], float32.</param>
    /// <param name="rows">What the rows are.</param>
    /// <param name="margin">How much farther the negative shall be.</param>
    /// <param name="distance">Which distance.</param>
    /// <param name="negatives">What counts as negative.</param>
    /// <returns>The loss; the caller's scope disposes of its tensors.</returns>
    public static CentroidTripletResult Compute(
        Tensor embeddings, BatchRows rows, double margin, DistanceKind distance, CentroidNegatives negatives)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> losses = [];
        List<Tensor> positives = [];
        List<Tensor> negativeMeans = [];
        List<Tensor> norms = [];
        foreach (CentroidRound round in CentroidRound.Plan(rows).Where(round => round.QueryRows.Count > 1))
        {
            Tensor queries = round.Queries(embeddings); // [n, D]
            Tensor centroids = round.Centroids(embeddings); // [n, D]
            HardPairs pairs = negatives == CentroidNegatives.Centroids
                ? AgainstCentroids(queries, centroids, distance)
                : AgainstAll(queries, centroids, round.Identities, distance);
            losses.Add(BatchHardTriplet.Loss(pairs, margin));
            positives.Add(pairs.Positive.detach().mean());
            negativeMeans.Add(pairs.Negative.detach().mean());
            norms.Add(centroids.detach().norm(1).mean());
        }

        return new CentroidTripletResult
        {
            // A sum over nothing still belongs to the graph, so that backward finds a gradient of zero.
            Loss = (losses.Count == 0 ? embeddings.sum().Times(0) : Mean(losses)).MoveToOuterDisposeScope(),
            Rounds = losses.Count,
            Positive = MeanOrZero(positives).MoveToOuterDisposeScope(),
            Negative = MeanOrZero(negativeMeans).MoveToOuterDisposeScope(),
            CentroidNorm = MeanOrZero(norms).MoveToOuterDisposeScope(),
        };
    }

    private static HardPairs AgainstAll(
        Tensor queries, Tensor centroids, IReadOnlyList<long> identities, DistanceKind distance)
    {
        Tensor vectors = cat([queries, centroids]); // [2n, D]
        return BatchHardTriplet.Mine(Distances.Pairwise(vectors, distance), [.. identities, .. identities]);
    }

    private static HardPairs AgainstCentroids(Tensor queries, Tensor centroids, DistanceKind distance)
    {
        Tensor table = Distances.Between(queries, centroids, distance); // [n, n], own centroids on the diagonal
        Tensor own = eye(table.shape[0], dtype: ScalarType.Bool, device: table.device);
        (Tensor negative, Tensor index) = table.Masked(own, double.PositiveInfinity).min(1);
        return new HardPairs(table.diagonal(), negative, arange(table.shape[0], device: table.device), index);
    }

    private static Tensor Mean(List<Tensor> values) => stack(values).mean();

    private static Tensor MeanOrZero(List<Tensor> values) => values.Count == 0 ? zeros(1).squeeze() : Mean(values);
}
