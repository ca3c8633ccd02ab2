using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>Tells a family of models by its graph, where nothing else looks like it.</summary>
internal static class GraphPresets
{
    // So many nodes InsightFace itself looks at.
    private const int Beginning = 8;

    public static GraphPreset? Recognise(OnnxModel model, GraphAxes axes)
    {
        bool clip = model.Outputs.Any(output => output.Name == "image_embeds");
        return clip ? GraphPreset.Clip : (axes.Height, axes.Width) switch
        {
            (112, 112) => GraphPreset.ArcFace,
            (256, 128) => GraphPreset.OsNet,
            _ => null,
        };
    }

    /// <summary>Whether a face network subtracts and scales by itself, as older ones of MXNet do.</summary>
    public static bool NormalizesItself(OnnxModel model)
    {
        string[] first = [.. model.Nodes.Take(Beginning).Select(node => node.Operator)];
        return first.Contains("Sub") && first.Contains("Mul");
    }
}
