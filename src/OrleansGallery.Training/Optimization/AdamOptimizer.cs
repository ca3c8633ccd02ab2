using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// Adam and AdamW with all of their state in the open, so that a run goes on after a restart as if nothing had
/// happened. torch.optim's own also hands numbers to native code that a collection may free meanwhile
/// (see <c>TensorScalars</c>), and does not give its state away.
/// </summary>
/// <remarks>
/// Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014; Loshchilov and Hutter, "Decoupled Weight Decay
/// Regularization", 2017. The order of operations is PyTorch's.
/// </remarks>
internal sealed class AdamOptimizer : IDisposable
{
    private const double Epsilon = 1e-8;

    private readonly OptimizationOptions _options;
    private readonly List<AdamSlot> _slots = [];

    /// <summary>Starts with empty means.</summary>
    /// <param name="options">Kind, betas and weight decay.</param>
    /// <param name="parameters">What is trained, under names that the saved state uses; frozen ones are left
    /// out.</param>
    public AdamOptimizer(OptimizationOptions options, IEnumerable<(string Name, Parameter Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parameters);
        _options = options;
        _slots.AddRange(parameters.Where(item => item.Value.requires_grad)
            .Select(item => new AdamSlot(item.Name, item.Value)));
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; internal set; }

    /// <summary>The running means by name, for saving and loading.</summary>
    internal IEnumerable<(string Name, Tensor Value)> State => _slots.SelectMany(slot => new[]
    {
        ($"{slot.Name}.exp_avg", slot.Mean),
        ($"{slot.Name}.exp_avg_sq", slot.Square),
    });

    /// <summary>Forgets the gradients of the last step.</summary>
    public void ZeroGradients()
    {
        foreach (AdamSlot slot in _slots)
        {
            Gradients.Zero(slot.Parameter);
        }
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void Step(double learningRate)
    {
        Steps++;
        // Made once per step and alive through it; see TensorScalars.
        using Scalar beta1 = _options.Beta1;
        using Scalar rest1 = 1 - _options.Beta1;
        using Scalar beta2 = _options.Beta2;
        using Scalar rest2 = 1 - _options.Beta2;
        using Scalar correction = Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));
        using Scalar epsilon = Epsilon;
        using Scalar one = 1;
        using Scalar move = -learningRate / (1 - Math.Pow(_options.Beta1, Steps));
        using Scalar decay = _options.WeightDecay;
        using Scalar shrink = 1 - (learningRate * _options.WeightDecay);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        foreach (AdamSlot slot in _slots)
        {
            if (slot.Parameter.grad is not { } gradient)
            {
                continue;
            }

            if (_options.Kind == OptimizerKind.Adam)
            {
                gradient = gradient.add(slot.Parameter, decay);
            }
            else if (slot.Parameter.dim() > 1)
            {
                slot.Parameter.mul_(shrink);
            }

            slot.Mean.mul_(beta1).add_(gradient, rest1);
            slot.Square.mul_(beta2).addcmul_(gradient, gradient, rest2);
            Tensor root = slot.Square.sqrt().div_(correction).add_(epsilon, one);
            slot.Parameter.addcdiv_(slot.Mean, root, move);
        }
    }

    /// <summary>Frees the running means.</summary>
    public void Dispose() => _slots.ForEach(slot => slot.Dispose());
}
