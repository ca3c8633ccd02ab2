using System.Text.Json;
using OrleansGallery.Testing;
using OrleansGallery.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>One golden case: a batch of features, what the reference started from, and its numbers.</summary>
internal sealed class LossCase : IDisposable
{
    private readonly JsonDocument _document;

    private LossCase(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        _document = JsonDocument.Parse(File.ReadAllBytes(path));
        Rows = new BatchRows(
            [.. Root.GetProperty("labels").EnumerateArray().Select(v => v.GetInt64())],
            [.. Root.GetProperty("is_real").EnumerateArray().Select(v => v.GetBoolean() || !IsCtl)],
            Root.GetProperty("K").GetInt32());
    }

    public string Name { get; }

    public JsonElement Root => _document.RootElement;

    public JsonElement Pieces => Root.GetProperty("pieces");

    public BatchRows Rows { get; }

    /// <summary>The base model's step has no centroid term and uses every row.</summary>
    public bool IsCtl => !Name.StartsWith("base_", StringComparison.Ordinal);

    public double Margin => Root.GetProperty("margin").GetDouble();

    public DistanceKind Distance => Root.GetProperty("distance").GetString() == "cosine"
        ? DistanceKind.Cosine
        : DistanceKind.Euclidean;

    public LossOptions Options => new()
    {
        CrossEntropyWeight = Weight("QUERY_XENT_WEIGHT"),
        TripletWeight = Weight("QUERY_CONTRASTIVE_WEIGHT"),
        CentroidTripletWeight = IsCtl ? Weight("CENTROID_CONTRASTIVE_WEIGHT") : 0,
        CenterWeight = Weight("CENTER_LOSS_WEIGHT"),
        Margin = Margin,
        LabelSmoothing = Root.GetProperty("label_smooth_eps").GetDouble(),
        Distance = Distance,
    };

    public OptimizationOptions Optimizer => new()
    {
        LearningRate = Root.GetProperty("base_lr").GetDouble(),
        WeightDecay = Weight("WEIGHT_DECAY"),
        CenterLearningRate = Weight("CENTER_LR"),
    };

    public static IEnumerable<LossCase> All(Func<LossCase, bool>? where = null)
    {
        foreach (string path in Goldens.Find("loss cases", "losses", "*.json", file =>
            file.StartsWith("ctl_", StringComparison.Ordinal) || file.StartsWith("base_", StringComparison.Ordinal)))
        {
            using LossCase item = new(path);
            if (where is null || where(item))
            {
                yield return item;
            }
        }
    }

    public Parameter Features() => Parameter(Root.GetProperty("features"));

    public Parameter Initial(string name) => Parameter(Root.GetProperty("init").GetProperty(name));

    public CtlObjective Objective()
    {
        Parameter classifier = Initial("fc_weight");
        CtlObjective objective = new(Options, (int)classifier.shape[0], (int)classifier.shape[1], CPU);
        using IDisposable mode = no_grad();
        objective.Classifier.copy_(classifier);
        objective.Centers.copy_(Initial("centers"));
        return objective;
    }

    public BatchNorm1d Neck()
    {
        BatchNorm1d neck = nn.BatchNorm1d(Root.GetProperty("D").GetInt64());
        using IDisposable mode = no_grad();
        neck.weight!.copy_(Initial("bn_weight"));
        neck.bias!.copy_(Initial("bn_bias"));
        neck.running_mean!.copy_(Initial("bn_running_mean"));
        neck.running_var!.copy_(Initial("bn_running_var"));
        neck.bias!.requires_grad_(false);
        return neck;
    }

    public double Weight(string name) => Root.GetProperty("weights").GetProperty(name).GetDouble();

    public void Dispose() => _document.Dispose();

    private static Parameter Parameter(JsonElement values)
    {
        float[] flat = LossAssert.Flatten(values);
        int rows = values.GetArrayLength();
        bool matrix = values[0].ValueKind == JsonValueKind.Array;
        return new Parameter(matrix ? tensor(flat).reshape(rows, flat.Length / rows) : tensor(flat));
    }
}
