using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Graphs;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery model import</c> may have to be told of a graph.</summary>
internal sealed class GraphImportOptions
{
    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "ONNX, TorchScript: the conventions of a family: "
            + string.Join(", ", GraphPreset.All.Select(preset => preset.Name))
            + "; none recognises nothing. Default: told by the file where it is unmistakable.",
        HelpName = "P",
    };

    private readonly Option<string?> _output = new("--graph-output")
    {
        Description = "ONNX: the output that is the embedding. Default: the only one.", HelpName = "NAME",
    };

    private readonly Option<GraphLayout?> _layout = ChoiceOption.Maybe<GraphLayout>(
        "--layout", "ONNX, TorchScript: the order of the input's axes. Default: told by its shape.");

    private readonly Option<GraphChannels?> _channels = ChoiceOption.Maybe<GraphChannels>(
        "--channels", "ONNX, TorchScript: the order of colours. Default: rgb.");

    private readonly Option<GraphTokens?> _tokens = ChoiceOption.Maybe<GraphTokens>(
        "--tokens", "ONNX, TorchScript: which token of a transformer is the embedding. Default: the preset's.");

    private readonly Option<bool?> _normalize = new("--normalize")
    {
        Description =
            "ONNX, TorchScript: whether embeddings are brought to length 1. Default: the preset's, else false.",
        HelpName = "true|false",
    };

    private readonly Option<bool> _fixedBatch = new("--fixed-batch")
    {
        Description = "ONNX: fill up a graph that takes only so many images at once with blank ones.",
    };

    private readonly Option<bool> _trust = new("--trust")
    {
        Description = "TorchScript: run the file, which is a program and can do whatever its maker wanted.",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
        [_preset, _output, _layout, _channels, _tokens, _normalize, _fixedBatch, _trust];

    public GraphOptions Of(ParseResult arguments) => new()
    {
        Preset = arguments.GetValue(_preset),
        Output = arguments.GetValue(_output),
        Layout = arguments.GetValue(_layout),
        Channels = arguments.GetValue(_channels),
        Tokens = arguments.GetValue(_tokens),
        Normalize = arguments.GetValue(_normalize),
        FixedBatch = arguments.GetValue(_fixedBatch),
        Trust = arguments.GetValue(_trust),
    };
}
