using System.Globalization;

namespace OrleansGallery.Inference.Models;

/// <summary>The part of a model's metadata that only graphs have.</summary>
internal static class GraphMetadata
{
    /// <summary>The most images of a run that takes a fixed number.</summary>
    public const int MaxBatch = 1024;

    public static GraphUse Read(MetadataText text) => new()
    {
        Input = text.Text("graph_input") ?? string.Empty,
        Output = text.Text("graph_output") ?? string.Empty,
        Layout = text.Choice("layout", GraphLayout.Nchw),
        Channels = text.Choice("channels", GraphChannels.Rgb),
        Tokens = text.Choice("tokens", GraphTokens.First),
        Normalize = text.Flag("normalize") ?? false,
        Batch = text.Number("batch", 1, 0, MaxBatch),
    };

    public static void Write(GraphUse graph, Dictionary<string, string> metadata)
    {
        metadata["graph_input"] = graph.Input;
        metadata["graph_output"] = graph.Output;
        metadata["layout"] = MetadataText.Word(graph.Layout);
        metadata["channels"] = MetadataText.Word(graph.Channels);
        metadata["tokens"] = MetadataText.Word(graph.Tokens);
        metadata["normalize"] = graph.Normalize ? "true" : "false";
        metadata["batch"] = graph.Batch.ToString(CultureInfo.InvariantCulture);
    }
}
