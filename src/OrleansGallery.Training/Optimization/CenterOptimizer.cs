using OrleansGallery.Inference;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// The centers' plain SGD. Their gradient comes out of the total loss, so it is divided by the center loss's weight
/// first: how fast centers follow does not depend on how hard they pull.
/// </summary>
/// <param name="centers">[identities, D].</param>
/// <param name="weight">The center loss's weight; 0 leaves the centers where they are.</param>
/// <param name="learningRate">The rate, constant over the run.</param>
internal sealed class CenterOptimizer(Parameter centers, double weight, double learningRate)
{
    /// <summary>Forgets the gradient of the last step.</summary>
    public void ZeroGradients() => Gradients.Zero(centers);

    /// <summary>Moves the centers.</summary>
    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        if (weight != 0 && centers.grad is { } gradient)
        {
            using Scalar rate = -learningRate;
            centers.add_(gradient.Times(1 / weight), rate);
        }
    }
}
