using OrleansGallery.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>Cross-entropy against (1 - smoothing) on the identity and smoothing / C everywhere.</summary>
internal static class SmoothedCrossEntropy
{
    /// <summary>Computes the loss.</summary>
    /// <param name="logits">[R, C].</param>
    /// <param name="identities">[R].</param>
    /// <param name="smoothing">The paper's code has 0.1.</param>
    /// <returns>The mean over rows, a scalar.</returns>
    public static Tensor Compute(Tensor logits, Tensor identities, double smoothing)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(identities);
        using DisposeScope scope = NewDisposeScope();
        Tensor logs = nn.functional.log_softmax(logits, 1);
        Tensor own = logs.gather(1, identities.unsqueeze(1)).squeeze(1); // [R]
        Tensor each = own.Times(1 - smoothing).Plus(logs.mean([1]).Times(smoothing));
        return each.mean().neg().MoveToOuterDisposeScope();
    }
}
