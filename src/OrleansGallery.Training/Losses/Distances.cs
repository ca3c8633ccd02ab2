using OrleansGallery.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>Distances between all rows of two tables, with the paper's floors.</summary>
internal static class Distances
{
    private const double Floor = 1e-12;

    /// <summary>Computes the distances of rows to each other.</summary>
    /// <param name="rows">[N, D], float32.</param>
    /// <param name="kind">Which distance.</param>
    /// <returns>[N, N]; the diagonal is the floor (1e-6 Euclidean, 1e-12 cosine) and carries no gradient.</returns>
    public static Tensor Pairwise(Tensor rows, DistanceKind kind)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using DisposeScope scope = NewDisposeScope();
        // The reference leaves a row's distance to itself to rounding (up to 0.008 instead of 0); zero is what it
        // means.
        Tensor self = eye(rows.shape[0], dtype: ScalarType.Bool, device: rows.device);
        return Floored(Raw(rows, rows, kind).Masked(self, 0), kind).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the distances of rows of one table to those of another.</summary>
    /// <param name="left">[N, D], float32.</param>
    /// <param name="right">[M, D], float32.</param>
    /// <param name="kind">Which distance.</param>
    /// <returns>[N, M].</returns>
    public static Tensor Between(Tensor left, Tensor right, DistanceKind kind)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        using DisposeScope scope = NewDisposeScope();
        return Floored(Raw(left, right, kind), kind).MoveToOuterDisposeScope();
    }

    // |x|^2 + |y|^2 - 2 x.y, or 1 - cos.
    private static Tensor Raw(Tensor left, Tensor right, DistanceKind kind)
    {
        if (kind == DistanceKind.Cosine)
        {
            return nn.functional.normalize(left).matmul(nn.functional.normalize(right).t()).neg().Plus(1);
        }

        Tensor squares = left.square().sum(1, keepdim: true).Plus(right.square().sum(1, keepdim: true).t());
        return squares.Plus(left.matmul(right.t()).Times(-2));
    }

    // clamp has no gradient below the floor: a distance of nothing pulls nowhere, instead of by 1/0.
    private static Tensor Floored(Tensor raw, DistanceKind kind) => kind == DistanceKind.Cosine
        ? raw.abs().AtLeast(Floor)
        : raw.AtLeast(Floor).sqrt();
}
