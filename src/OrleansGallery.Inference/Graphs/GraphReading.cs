using OrleansGallery.Imaging;
using OrleansGallery.Inference.Import;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>
/// What is understood of a graph before it has run: by its own words, the options, a preset, and assumptions at last.
/// Whatever cannot be told is asked for by the option that decides it.
/// </summary>
internal sealed class GraphReading(string path, ImportOptions options)
{
    private readonly List<ImportFinding> _findings = [];
    private GraphPreset? _preset;

    /// <summary>What was found, and how.</summary>
    public List<ImportFinding> Findings => _findings;

    /// <summary>Understands an ONNX graph.</summary>
    /// <returns>A description whose dimension is not known yet.</returns>
    public ModelDescription Read(OnnxModel model)
    {
        _findings.Add(new("file", $"ONNX, opset {model.Opset}, {model.Nodes.Count} nodes", model.Producer));
        GraphPorts.RefuseLoops(path, model);
        OnnxValue input = GraphPorts.Input(path, model);
        _findings.Add(new("input", input.ToString(), "the only one"));
        GraphAxes axes = GraphAxes.Of(path, input, options.Graph);
        _preset = Preset(GraphPresets.Recognise(model, axes));
        (OnnxValue output, string source) = GraphPorts.Output(path, model, options.Graph.Output, _preset);
        _findings.Add(new("output", output.ToString(), source));
        _findings.Add(new("layout", axes.Layout.ToString().ToUpperInvariant(), axes.LayoutSource));
        if (_preset == GraphPreset.ArcFace && GraphPresets.NormalizesItself(model))
        {
            _preset = _preset with { Normalization = new([0, 0, 0], [1 / 255f, 1 / 255f, 1 / 255f]) };
        }

        return Describe(GraphKinds.Onnx, axes, new GraphUse
        {
            Input = input.Name, Output = output.Name, Layout = axes.Layout, Batch = axes.Batch,
            Tokens = Tokens(output),
        });
    }

    /// <summary>Understands a program, which says nothing of its input.</summary>
    /// <returns>A description whose dimension is not known yet.</returns>
    public ModelDescription ReadScript()
    {
        _preset = Preset(null);
        GraphAxes axes = new(null, null, options.Graph.Layout ?? GraphLayout.Nchw, SourceOf(options.Graph.Layout), 0);
        _findings.Add(new("layout", axes.Layout.ToString().ToUpperInvariant(), axes.LayoutSource));
        return Describe(GraphKinds.Script, axes, new GraphUse
        {
            Layout = axes.Layout, Tokens = options.Graph.Tokens ?? _preset?.Tokens ?? GraphTokens.First,
        });
    }

    private ModelDescription Describe(string kind, GraphAxes axes, GraphUse use)
    {
        (int height, int width) = Size(axes);
        (Normalization normalization, string source) = PixelLevels.Of(path, options, _preset);
        _findings.Add(new(
            "pixels",
            $"mean {MetadataText.Join(normalization.Mean)}, std {MetadataText.Join(normalization.Std)}, of 0 to 1",
            source));
        GraphChannels channels = options.Graph.Channels ?? GraphChannels.Rgb;
        _findings.Add(new("channels", channels.ToString().ToUpperInvariant(), SourceOf(options.Graph.Channels)));
        ResizeFilter filter = options.Filter ?? _preset?.Filter ?? ResizeFilter.Bilinear;
        Fit fit = options.FitOr(
            path, _preset?.FitFor(height, width) ?? default, height, width);
        _findings.Add(new("fit", $"{fit.Kind}, {filter}".ToLowerInvariant(), SourceOf(options.Fit)));
        bool normalize = options.Graph.Normalize ?? _preset?.Normalize ?? false;
        _findings.Add(new("length 1", normalize ? "yes" : "no", SourceOf(options.Graph.Normalize)));
        return new ModelDescription
        {
            Id = string.Empty,
            Architecture = kind,
            Dimension = 0,
            InputHeight = height,
            InputWidth = width,
            Mean = normalization.Mean,
            Std = normalization.Std,
            Filter = filter,
            Fit = fit,
            Graph = use with { Channels = channels, Normalize = normalize },
            Sha256 = string.Empty,
        };
    }

    private (int Height, int Width) Size(GraphAxes axes)
    {
        if ((axes.Height is { } h && options.InputHeight is { } oh && h != oh)
            || (axes.Width is { } w && options.InputWidth is { } ow && w != ow))
        {
            throw new CheckpointException(
                path,
                $"its input is {axes.Height} x {axes.Width} (height x width), not {options.InputHeight} x "
                + $"{options.InputWidth}: leave out --input.");
        }

        bool asked = options.InputHeight is not null;
        if (_preset is not null && !asked
            && ((axes.Height ?? _preset.Height) != _preset.Height || (axes.Width ?? _preset.Width) != _preset.Width))
        {
            throw new CheckpointException(
                path,
                $"its input is {axes.Height} x {axes.Width} (height x width), while the preset {_preset.Name} has "
                + $"{_preset.Height} x {_preset.Width}. If the preset is right all the same, say so by --input "
                + $"{axes.Height}x{axes.Width}; otherwise name another --preset, or --preset none.");
        }

        int? height = axes.Height ?? options.InputHeight ?? _preset?.Height;
        int? width = axes.Width ?? options.InputWidth ?? _preset?.Width;
        if (height is not { } rows || width is not { } columns)
        {
            throw new CheckpointException(
                path, "it leaves the size of its input open: name it, for example --input 224x224, or a --preset.");
        }

        string source = axes is { Height: not null, Width: not null } ? "the file" : SourceOf(options.InputHeight);
        _findings.Add(new("size", $"{rows} x {columns} (height x width)", source));
        return (rows, columns);
    }

    private GraphPreset? Preset(GraphPreset? recognised)
    {
        GraphPreset? preset = options.Graph.Preset switch
        {
            null => recognised,
            GraphPreset.None => null,
            string name => GraphPreset.All.FirstOrDefault(preset => preset.Name == name)
                ?? throw new CheckpointException(
                    path,
                    $"there is no preset '{name}'; {string.Join(", ", GraphPreset.All.Select(known => known.Name))} "
                    + "and none are."),
        };
        if (preset is not null)
        {
            _findings.Add(new(
                "preset",
                preset.Name,
                options.Graph.Preset is null ? "recognised; --preset none denies it" : "option"));
        }

        return preset;
    }

    private GraphTokens Tokens(OnnxValue output)
    {
        if (output.Shape is not { Count: 3 })
        {
            return options.Graph.Tokens ?? GraphTokens.First;
        }

        GraphTokens tokens = options.Graph.Tokens ?? _preset?.Tokens ?? throw new CheckpointException(
            path,
            $"its output {output} is a vector for each part of the image: say by --tokens which are the embedding, "
            + "first (the one that stands for the image) or mean.");
        _findings.Add(new("tokens", tokens.ToString().ToLowerInvariant(), SourceOf(options.Graph.Tokens)));
        return tokens;
    }

    private string SourceOf(object? option) =>
        option is not null ? "option" : _preset is null ? "assumed" : $"preset {_preset.Name}";
}
