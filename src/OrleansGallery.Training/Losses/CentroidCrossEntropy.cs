using OrleansGallery.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// Cross-entropy over centroids: in the rounds of <see cref="CentroidTriplet"/>, each query is to be told by its cosine
/// similarities to the batch's leave-one-out centroids. Where a triplet's margin can be met by letting all embeddings
/// fall onto one point, this cannot, so it carries a run over its first steps.
/// </summary>
/// <remarks>Snell, Swersky and Zemel, "Prototypical Networks for Few-shot Learning", 2017, with cosines.</remarks>
internal static class CentroidCrossEntropy
{
    /// <summary>Computes the loss.</summary>
    /// <param name="embeddings">[N, D], float32.</param>
    /// <param name="rows">What the rows are.</param>
    /// <param name="temperature">What similarities are divided by.</param>
    /// <returns>The mean over the rounds with two participants or more, a scalar; the caller's scope disposes of
    /// it.</returns>
    public static Tensor Compute(Tensor embeddings, BatchRows rows, double temperature)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(rows);
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> losses = [];
        foreach (CentroidRound round in CentroidRound.Plan(rows).Where(round => round.QueryRows.Count > 1))
        {
            Tensor queries = nn.functional.normalize(round.Queries(embeddings)); // [n, D]
            Tensor centroids = nn.functional.normalize(round.Centroids(embeddings)); // [n, D]
            Tensor logits = queries.matmul(centroids.t()).Times(1 / temperature); // [n, n]
            Tensor own = arange(queries.shape[0], ScalarType.Int64, device: logits.device);
            losses.Add(SmoothedCrossEntropy.Compute(logits, own, 0));
        }

        Tensor mean = losses.Count == 0 ? embeddings.sum().Times(0) : stack(losses).mean();
        return mean.MoveToOuterDisposeScope();
    }
}
