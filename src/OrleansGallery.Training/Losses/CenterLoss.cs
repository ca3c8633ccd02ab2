using OrleansGallery.Inference;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>Pulls embeddings to a learned center per identity.</summary>
/// <remarks>Wen et al., "A Discriminative Feature Learning Approach for Deep Face Recognition", 2016; no factor
/// 1/2.</remarks>
internal static class CenterLoss
{
    private const double Floor = 1e-12;
    private const double Ceiling = 1e12;

    /// <summary>Computes the loss.</summary>
    /// <param name="embeddings">[R, D], real rows only.</param>
    /// <param name="identities">[R], their identities.</param>
    /// <param name="centers">[identities, D].</param>
    /// <returns>The mean squared distance to the own center, a scalar.</returns>
    public static Tensor Compute(Tensor embeddings, Tensor identities, Parameter centers)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(centers);
        using DisposeScope scope = NewDisposeScope();
        Tensor squares = embeddings.Plus(centers.index_select(0, identities).neg()).square().sum(1);
        // The reference fills a table of all centers and clamps its zeros too: each cell adds the floor.
        double others = (centers.shape[0] - 1) * Floor;
        return squares.Within(Floor, Ceiling).mean().Plus(others).MoveToOuterDisposeScope();
    }
}
