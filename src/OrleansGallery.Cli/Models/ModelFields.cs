using System.Globalization;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;

namespace OrleansGallery.Cli;

/// <summary>A model's description as people and programs read it.</summary>
internal static class ModelFields
{
    public static void Write(CommandOutput output, ModelDescription model)
    {
        if (output.IsJson)
        {
            output.WriteJson(model);
        }
        else
        {
            output.WriteFields(Of(model));
        }
    }

    public static IEnumerable<(string Name, string? Value)> Of(ModelDescription model) =>
    [
        ("model", model.Id),
        ("architecture", model.Architecture),
        ("dimension", Figures.Count(model.Dimension)),
        ("input",
            $"{model.InputHeight} x {model.InputWidth} (height x width), {model.Filter.ToString().ToLowerInvariant()}"),
        ("fit", Words(model.Fit)),
        ("mean", Join(model.Mean)),
        ("std", Join(model.Std)),
        ("graph", model.Graph is { } graph ? Words(graph) : null),
        ("last stride", model.LastStride?.ToString(CultureInfo.InvariantCulture)),
        ("stem ReLU", model.StemRelu is { } relu ? relu ? "yes" : "no" : null),
        ("trained", model.Trained ? "yes" : "no"),
        ("provenance", model.Provenance),
        ("SHA-256", model.Sha256),
    ];

    private static string Words(GraphUse graph) => string.Join(
        ", ",
        (string[])
        [
            .. graph.Input.Length > 0 ? (string[])[$"{graph.Input} to {graph.Output}"] : [],
            $"{graph.Layout.ToString().ToUpperInvariant()}, {graph.Channels.ToString().ToUpperInvariant()}",
            graph.Batch switch { 0 => "any batch", 1 => "single images", _ => $"batches of {graph.Batch}" },
            .. graph.Normalize ? (string[])["length 1"] : [],
        ]);

    private static string Words(Fit fit) => fit.Kind switch
    {
        FitKind.Crop => $"crop: the shorter side becomes {Figures.Count(fit.ShorterSide)}, then the centre",
        FitKind.Pad => "pad: the whole picture, with black beside it",
        _ => "stretch",
    };

    private static string Join(IReadOnlyList<float> values) =>
        string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
