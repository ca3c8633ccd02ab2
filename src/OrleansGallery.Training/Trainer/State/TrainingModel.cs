using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// Everything that a training step changes: network, classifier, centers, optimisers, the average of the weights.
/// </summary>
internal sealed class TrainingModel : IDisposable
{
    private readonly double _averageDecay;

    public TrainingModel(TrainingOptions options, int identities, string folder, Device device)
    {
        manual_seed(options.Seed);
        NetworkShape shape = Architectures.Find(options.Network.Architecture)!
            .Variant(options.Network.LastStride, options.Network.StemRelu);
        Network = new EmbeddingNetwork(shape);
        InitialWeights.Draw(Network, options.Network.ZeroResiduals);
        if (options.Network.PathOfInitialCheckpoint(folder) is { } checkpoint)
        {
            InitialWeights.Load(Network, checkpoint);
        }

        Device = device;
        Objective = new CtlObjective(options.Loss, identities, shape.Dimension, device);
        _averageDecay = options.Network.AverageDecay;
        if (_averageDecay > 0)
        {
            Average = new EmbeddingNetwork(shape);
            Copy(Network, Average);
            Average.to(device);
        }

        Network.to(device);
        Network.train();
        FreezeNeckBias();
        Adam = new AdamOptimizer(options.Optimization, Parameters());
        Centers = new CenterOptimizer(
            Objective.Centers, options.Loss.CenterWeight, options.Optimization.CenterLearningRate);
    }

    public EmbeddingNetwork Network { get; }

    public EmbeddingNetwork? Average { get; }

    /// <summary>What is evaluated and saved.</summary>
    public EmbeddingNetwork Best => Average ?? Network;

    public CtlObjective Objective { get; }

    public AdamOptimizer Adam { get; }

    public CenterOptimizer Centers { get; }

    public Device Device { get; }

    /// <summary>Moves the average towards the weights; early on faster, so that it forgets the random start.</summary>
    public void UpdateAverage()
    {
        if (Average is null)
        {
            return;
        }

        double decay = Math.Min(_averageDecay, (1.0 + Adam.Steps) / (10.0 + Adam.Steps));
        using Scalar kept = decay;
        using Scalar taken = 1 - decay;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        foreach (((_, Tensor average), (_, Tensor value)) in
            NetworkState.Of(Average).Zip(NetworkState.Of(Network)))
        {
            if (average.is_floating_point())
            {
                average.mul_(kept).add_(value, taken);
            }
            else
            {
                average.copy_(value);
            }
        }
    }

    /// <summary>Every tensor of the state by a name of its own.</summary>
    public IEnumerable<(string Name, Tensor Value)> State() =>
    [
        .. NetworkState.Of(Network).Select(item => ($"network.{item.Name}", item.Value)),
        .. Average is null ? [] : NetworkState.Of(Average).Select(item => ($"average.{item.Name}", item.Value)),
        ("fc_query.weight", Objective.Classifier),
        ("center_loss.centers", Objective.Centers),
        .. Adam.State.Select(item => ($"adam.{item.Name}", item.Value)),
    ];

    /// <summary>Whether all weights are numbers.</summary>
    public bool IsFinite()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        return State().Where(item => item.Value.is_floating_point())
            .All(item => item.Value.isfinite().all().cpu().bytes[0] != 0);
    }

    public void Dispose()
    {
        Adam.Dispose();
        Objective.Dispose();
        Average?.Dispose();
        Network.Dispose();
    }

    private IEnumerable<(string Name, Parameter Value)> Parameters() =>
    [
        .. Network.named_parameters().Select(item => (item.name, item.parameter)),
        ("fc_query.weight", Objective.Classifier),
    ];

    // Moving a module to another device may make its parameters anew.
    private void FreezeNeckBias()
    {
        foreach ((string name, Parameter parameter) in Network.named_parameters())
        {
            if (name == "bn.bias")
            {
                parameter.requires_grad_(false);
            }
        }
    }

    private static void Copy(EmbeddingNetwork from, EmbeddingNetwork to)
    {
        using IDisposable mode = no_grad();
        foreach (((_, Tensor source), (_, Tensor target)) in NetworkState.Of(from).Zip(NetworkState.Of(to)))
        {
            target.copy_(source);
        }
    }
}
