using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>The weights of an ONNX graph; those of types that no network here has are left out.</summary>
internal sealed class OnnxCheckpoint : CheckpointFile
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _data;

    private OnnxCheckpoint(
        string path, byte[] content, OnnxModel model, IReadOnlyList<(CheckpointTensor, OnnxTensor)> tensors)
        : base(path, CheckpointFormat.Onnx, [.. tensors.Select(item => item.Item1)], Facts(model))
    {
        (Content, Model) = (content, model);
        _data = tensors.ToDictionary(
            item => item.Item2.Name, item => item.Item2.Data.GetValueOrDefault(), StringComparer.Ordinal);
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Content { get; }

    /// <summary>The whole graph.</summary>
    public OnnxModel Model { get; }

    /// <summary>Whether a file is one of these, by its first bytes; its name decides where they say nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Its first nine bytes.</param>
    public static bool IsOne(string path, ReadOnlySpan<byte> start) => start switch
    {
        // safetensors: a header's length of at most 100,000,000 and its brace.
        [_, _, _, <= 5, 0, 0, 0, 0, (byte)'{'] => false,
        // The format's version, then another field.
        [0x08, < 0x40, not 0, ..] => true,
        _ => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase),
    };

    /// <exception cref="CheckpointException">It is no ONNX model that can be read.</exception>
    public static new OnnxCheckpoint Open(string path) => Of(path, ReadFile(path));

    public static OnnxCheckpoint Of(string path, byte[] content)
    {
        try
        {
            OnnxModel model = OnnxModel.Read(content);
            return new OnnxCheckpoint(path, content, model, [.. model.Weights
                .Where(tensor => tensor.Data is not null && TypeOf(tensor.Element) is not null)
                .Select(tensor => (
                    new CheckpointTensor
                    {
                        Name = tensor.Name, Type = TypeOf(tensor.Element)!.Value, Shape = tensor.Shape,
                    },
                    tensor))]);
        }
        catch (OnnxException exception)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }
    }

    /// <summary>A file's bytes, of which the format allows less than two gigabytes.</summary>
    public static byte[] ReadFile(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= Array.MaxLength
            ? File.ReadAllBytes(path)
            : throw new CheckpointException(
                path,
                $"it has {length} bytes; an ONNX file has at most {Array.MaxLength}. Export the encoder of images "
                + "alone, or in float16.");
    }

    private protected override void ReadInto(CheckpointTensor tensor, Span<byte> destination) =>
        _data[tensor.Name].Span.CopyTo(destination);

    private protected override void Close()
    {
    }

    private static Dictionary<string, string> Facts(OnnxModel model) => new()
    {
        ["producer"] = model.Producer,
        ["opset"] = model.Opset.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["inputs"] = string.Join(", ", model.Inputs),
        ["outputs"] = string.Join(", ", model.Outputs),
    };

    private static SafetensorsType? TypeOf(OnnxElement element) => element switch
    {
        OnnxElement.F32 => SafetensorsType.F32,
        OnnxElement.F16 => SafetensorsType.F16,
        OnnxElement.BF16 => SafetensorsType.BF16,
        OnnxElement.F64 => SafetensorsType.F64,
        OnnxElement.I64 => SafetensorsType.I64,
        OnnxElement.I32 => SafetensorsType.I32,
        OnnxElement.I16 => SafetensorsType.I16,
        OnnxElement.I8 => SafetensorsType.I8,
        OnnxElement.U8 => SafetensorsType.U8,
        OnnxElement.Bool => SafetensorsType.BOOL,
        _ => null,
    };
}
