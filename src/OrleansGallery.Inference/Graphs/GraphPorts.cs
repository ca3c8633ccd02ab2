using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>Where pictures go into a graph, and where embeddings come out.</summary>
internal static class GraphPorts
{
    private const int Axes = 4;

    // Nobody knows when these end.
    private static readonly string[] Loops = ["Loop", "Scan"];

    public static void RefuseLoops(string path, OnnxModel model)
    {
        if (model.Nodes.FirstOrDefault(node => Loops.Contains(node.Operator)) is { } loop)
        {
            throw new CheckpointException(
                path,
                $"it has a {loop.Operator}, so that nothing bounds how long one image takes. Export it without "
                + "control flow (traced instead of scripted).");
        }
    }

    public static OnnxValue Input(string path, OnnxModel model) =>
        model.Inputs switch
        {
            [] => throw new CheckpointException(path, "it has no input."),
            [OnnxValue only] => TakesPictures(only) ? only : throw NoPictures(path, only),
            // ONNX Runtime runs all of a graph, whichever output is asked for.
            _ => throw new CheckpointException(
                path,
                $"it has {model.Inputs.Count} inputs: {List(model.Inputs)}. Export the encoder of images alone, whose "
                + "only input are pictures."),
        };

    public static (OnnxValue Output, string Source) Output(
        string path, OnnxModel model, string? name, GraphPreset? preset)
    {
        if (name is not null)
        {
            OnnxValue named = model.Outputs.FirstOrDefault(output => output.Name == name)
                ?? throw new CheckpointException(
                    path, $"it has no output '{name}' (--graph-output); it has {List(model.Outputs)}.");
            return (GivesFloats(named) ? named : throw NoFloats(path, named), "option");
        }

        OnnxValue[] possible = [.. model.Outputs.Where(GivesFloats)];
        if (model.Outputs.Count == 1)
        {
            return possible.Length == 1 ? (possible[0], "the only one") : throw NoFloats(path, model.Outputs[0]);
        }

        OnnxValue? usual = preset?.Outputs
            .Select(wanted => possible.FirstOrDefault(output => output.Name == wanted))
            .FirstOrDefault(output => output is not null);
        return usual is not null
            ? (usual, $"preset {preset!.Name}")
            : throw new CheckpointException(
                path,
                $"it has {model.Outputs.Count} outputs: {List(model.Outputs)}. Name the embedding by --graph-output.");
    }

    private static bool TakesPictures(OnnxValue input) =>
        GivesFloats(input) && (input.Shape is null || input.Shape.Count == Axes);

    private static bool GivesFloats(OnnxValue value) => value.Element is OnnxElement.F32 or OnnxElement.F16;

    private static CheckpointException NoPictures(string path, OnnxValue input) => new(
        path,
        $"its input {input} takes no pictures: floats of four axes do, for example [batch, 3, 224, 224].");

    private static CheckpointException NoFloats(string path, OnnxValue output) => new(
        path, $"its output {output} is no embedding: floats are (--graph-output names another one).");

    private static string List(IReadOnlyList<OnnxValue> values) => string.Join(", ", values.Take(16));
}
