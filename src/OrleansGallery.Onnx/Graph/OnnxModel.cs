namespace OrleansGallery.Onnx;

/// <summary>What an ONNX file says, read without executing anything.</summary>
public sealed record OnnxModel
{
    /// <summary>The format's version.</summary>
    public required long FormatVersion { get; init; }

    /// <summary>Which program wrote it, with its version; may be empty.</summary>
    public required string Producer { get; init; }

    /// <summary>The version of ONNX's own operators.</summary>
    public required long Opset { get; init; }

    /// <summary>What goes in, weights left out.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    /// <summary>What comes out.</summary>
    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    /// <summary>The steps, those of inner graphs included.</summary>
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }

    /// <summary>The weights.</summary>
    public required IReadOnlyList<OnnxTensor> Weights { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes; weights stay where they lie.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="OnnxException">It is no ONNX model, cut short, over a limit, or has weights in another
    /// file.</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> file) => new OnnxReader().Read(file);
}
