using OrleansGallery.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// The batch-hard triplet loss: every anchor is held against its farthest row of the same identity and its nearest row
/// of another one.
/// </summary>
/// <remarks>Hermans, Beyer and Leibe, "In Defense of the Triplet Loss for Person Re-Identification", 2017.</remarks>
internal static class BatchHardTriplet
{
    /// <summary>Finds the pairs.</summary>
    /// <param name="distances">[N, N].</param>
    /// <param name="identities">N identities.</param>
    /// <returns>The pairs; the caller's scope disposes of them.</returns>
    public static HardPairs Mine(Tensor distances, IReadOnlyList<long> identities)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(identities);
        using Tensor labels = tensor([.. identities], device: distances.device);
        using Tensor same = labels.unsqueeze(0).eq(labels.unsqueeze(1)); // [N, N]
        using Tensor other = same.logical_not();
        using Tensor positives = distances.Masked(other, double.NegativeInfinity);
        using Tensor negatives = distances.Masked(same, double.PositiveInfinity);
        (Tensor positive, Tensor positiveIndex) = positives.max(1);
        (Tensor negative, Tensor negativeIndex) = negatives.min(1);
        return new HardPairs(positive, negative, positiveIndex, negativeIndex);
    }

    /// <summary>Computes the loss.</summary>
    /// <param name="pairs">The anchors' pairs.</param>
    /// <param name="margin">
    /// How much farther the other identity shall be; null for the soft margin log(1 + exp(positive - negative)).
    /// </param>
    /// <param name="anchors">The rows that count as anchors; null for all.</param>
    /// <returns>The mean over the anchors, a scalar.</returns>
    public static Tensor Loss(HardPairs pairs, double? margin, IReadOnlyList<long>? anchors = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        using DisposeScope scope = NewDisposeScope();
        Tensor difference = pairs.Positive.Plus(pairs.Negative.neg());
        if (anchors is not null && anchors.Count < difference.shape[0])
        {
            difference = difference.index_select(0, tensor([.. anchors], device: difference.device));
        }

        Tensor each = margin is { } alpha ? difference.Plus(alpha).relu() : Softplus(difference);
        return each.mean().MoveToOuterDisposeScope();
    }

    // log(1 + exp(x)) = -log(sigmoid(-x)).
    private static Tensor Softplus(Tensor x) => nn.functional.logsigmoid(x.neg()).neg();
}
