using OrleansGallery.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// The training loss with what it learns beside the network: the classifier and the centers. Triplet and center losses
/// see the pooled features (triplet losses the neck's output, where the options say so), the cross-entropy what the
/// neck makes of them.
/// </summary>
internal sealed class CtlObjective : IDisposable
{
    private readonly LossOptions _options;

    /// <summary>Creates classifier weights N(0, 0.001) and centers N(0, 1) by Torch's generator.</summary>
    public CtlObjective(LossOptions options, int identities, int dimension, Device device)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        using IDisposable mode = no_grad();
        Classifier = new Parameter(randn([identities, dimension]).Times(0.001).to(device));
        Centers = new Parameter(randn([identities, dimension]).to(device));
    }

    /// <summary>[identities, D], no bias; the paper's checkpoints call it <c>fc_query.weight</c>.</summary>
    public Parameter Classifier { get; }

    /// <summary>[identities, D]; the paper's checkpoints call it <c>center_loss.centers</c>.</summary>
    public Parameter Centers { get; }

    /// <summary>Computes a batch's loss.</summary>
    /// <param name="pooled">[N, D], the pooled features, float32.</param>
    /// <param name="neck">BNNeck; it is given real rows only.</param>
    /// <param name="rows">What the rows are.</param>
    /// <returns>The terms; the caller's scope disposes of them.</returns>
    public LossTerms Compute(Tensor pooled, Func<Tensor, Tensor> neck, BatchRows rows)
    {
        ArgumentNullException.ThrowIfNull(pooled);
        ArgumentNullException.ThrowIfNull(neck);
        ArgumentNullException.ThrowIfNull(rows);
        Tensor real = rows.SelectReal(pooled); // [R, D]
        Tensor identities = rows.RealIdentities(pooled.device);
        // The neck runs whatever the weights are: retrieval needs its running statistics.
        Tensor embedding = neck(real);
        Tensor compared = _options.TripletsOnNeck ? rows.PlaceReal(embedding) : pooled;
        Tensor metric = _options.Normalize ? nn.functional.normalize(compared) : compared;
        Tensor? crossEntropy = _options.CrossEntropyWeight == 0 ? null : SmoothedCrossEntropy
            .Compute(embedding.matmul(Classifier.t()), identities, _options.LabelSmoothing)
            .Times(_options.CrossEntropyWeight);
        Tensor? overCentroids = _options.CentroidCrossEntropyWeight == 0
            ? null
            : CentroidCrossEntropy.Compute(pooled, rows, _options.Temperature)
                .Times(_options.CentroidCrossEntropyWeight);
        Tensor? center = _options.CenterWeight == 0
            ? null
            : CenterLoss.Compute(real, identities, Centers).Times(_options.CenterWeight);
        HardPairs? pairs = _options.TripletWeight == 0
            ? null
            : BatchHardTriplet.Mine(Distances.Pairwise(metric, _options.Distance), rows.Identities);
        Tensor? triplet = pairs is null
            ? null
            : BatchHardTriplet.Loss(pairs, _options.Margin, rows.RealRows).Times(_options.TripletWeight);
        CentroidTripletResult? rounds = _options.CentroidTripletWeight == 0 ? null : CentroidTriplet.Compute(
            metric, rows, _options.Margin, _options.Distance, _options.CentroidNegatives);
        Tensor? centroids = rounds?.Loss.Times(_options.CentroidTripletWeight);
        return new LossTerms
        {
            Total = Sum(crossEntropy, overCentroids, triplet, center, centroids),
            CrossEntropy = crossEntropy,
            CentroidCrossEntropy = overCentroids,
            Triplet = triplet,
            Center = center,
            CentroidTriplet = centroids,
            Positive = rounds?.Positive ?? pairs?.Positive.detach().mean(),
            Negative = rounds?.Negative ?? pairs?.Negative.detach().mean(),
            CentroidNorm = rounds?.CentroidNorm,
            Rounds = rounds?.Rounds ?? 0,
            SingleImageIdentities = rows.SingleImageIdentities,
        };
    }

    /// <summary>Frees the classifier and the centers.</summary>
    public void Dispose()
    {
        Classifier.Dispose();
        Centers.Dispose();
    }

    private static Tensor Sum(params Tensor?[] terms)
    {
        Tensor[] present = [.. terms.OfType<Tensor>()];
        return present.Length == 0
            ? throw new InvalidOperationException("Every weight of the loss is 0: nothing is left to learn from.")
            : present.Aggregate((a, b) => a.Plus(b));
    }
}
