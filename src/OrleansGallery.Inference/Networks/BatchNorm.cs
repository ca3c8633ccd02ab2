using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OrleansGallery.Inference.Networks;

/// <summary>
/// Batch normalisation of [B, C] or [B, C, H, W], under the names of Torch's checkpoints. TorchSharp's own counts its
/// batches by a number that a garbage collection can free in the middle of the addition: <see cref="TensorScalars"/>
/// tells the story, and training runs ended by it.
/// </summary>
internal sealed class BatchNorm : Module<Tensor, Tensor>
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;
    private bool _left;

    /// <summary>Builds the layer as the identity, in training mode.</summary>
    /// <param name="channels">C.</param>
    public BatchNorm(int channels)
        : base(nameof(BatchNorm))
    {
        weight = new Parameter(ones(channels));
        bias = new Parameter(zeros(channels));
        running_mean = zeros(channels);
        running_var = ones(channels);
        num_batches_tracked = zeros([], ScalarType.Int64);
        RegisterComponents();
    }

    /// <summary>The shift, one per channel.</summary>
    public Parameter Bias => bias;

    /// <summary>Gives up the layer's work in evaluation mode to whoever does it from now on; the layer lets everything
    /// pass.</summary>
    /// <returns>Factor and shift of each channel, [C] in float64; the caller disposes of them.</returns>
    public (Tensor Scale, Tensor Shift) Leave()
    {
        using DisposeScope scope = NewDisposeScope();
        _left = true;
        Tensor scale = weight.to(ScalarType.Float64) / running_var.to(ScalarType.Float64).Plus(Epsilon).sqrt();
        Tensor shift = bias.to(ScalarType.Float64).Plus(running_mean.to(ScalarType.Float64) * scale.neg());
        return scope.MoveToOuter(scale, shift);
    }

    public override Tensor forward(Tensor input)
    {
        if (_left)
        {
            // A handle of its own: whoever holds the input disposes of it.
            return input.alias();
        }

        if (training)
        {
            using Scalar one = 1L;
            num_batches_tracked.add_(one, one);
        }

        return functional.batch_norm(
            input, running_mean, running_var, weight, bias, training, Momentum, Epsilon);
    }
}
