using System.Runtime.InteropServices;

namespace OrleansGallery.Testing;

/// <summary>A small ONNX file, made as the format says.</summary>
public sealed class OnnxFile
{
    public const int F32 = 1;
    public const int I64 = 7;
    public const int Text = 8;
    public const int F16 = 10;

    private readonly ProtoMessage _graph = new();

    /// <summary>The message that the file ends with; tests add odd fields to it.</summary>
    public ProtoMessage Graph => _graph;

    /// <summary>The program that it says it is of.</summary>
    public string Producer { get; init; } = "tests";

    /// <param name="name">The input's name.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="axes">Numbers, or names of axes of any length.</param>
    public OnnxFile Input(string name, int type, params object[] axes)
    {
        _graph.Message(11, Value(name, type, axes));
        return this;
    }

    /// <inheritdoc cref="Input"/>
    public OnnxFile Output(string name, int type, params object[] axes)
    {
        _graph.Message(12, Value(name, type, axes));
        return this;
    }

    public OnnxFile Weight(string name, long[] shape, params float[] values)
    {
        _graph.Message(5, Tensor(name, shape, values));
        return this;
    }

    public OnnxFile Integers(string name, params long[] values)
    {
        _graph.Message(5, new ProtoMessage().Numbers(1, values.Length).Number(2, I64).Text(8, name)
            .Bytes(9, MemoryMarshal.AsBytes(values.AsSpan())));
        return this;
    }

    /// <param name="operation">What the node does.</param>
    /// <param name="inputs">Names, separated by commas.</param>
    /// <param name="outputs">Names, separated by commas.</param>
    /// <param name="attributes">AttributeProtos.</param>
    public OnnxFile Node(string operation, string inputs, string outputs, params ProtoMessage[] attributes)
    {
        ProtoMessage node = new();
        foreach (string input in inputs.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Text(1, input);
        }

        foreach (string output in outputs.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Text(2, output);
        }

        node.Text(4, operation);
        foreach (ProtoMessage attribute in attributes)
        {
            node.Message(5, attribute);
        }

        _graph.Message(1, node);
        return this;
    }

    public byte[] ToArray() => new ProtoMessage().Number(1, 8).Text(2, Producer).Text(3, "1")
        .Message(7, _graph.Text(2, "graph"))
        .Message(8, new ProtoMessage().Text(1, string.Empty).Number(2, 13)).ToArray();

    public static ProtoMessage Tensor(string name, long[] shape, params float[] values) => new ProtoMessage()
        .Numbers(1, shape).Number(2, F32).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan()));

    public static ProtoMessage Attribute(string name, params long[] values) =>
        new ProtoMessage().Text(1, name).Numbers(8, values).Number(20, 7);

    public static ProtoMessage Attribute(string name, ProtoMessage graph) =>
        new ProtoMessage().Text(1, name).Message(6, graph).Number(20, 5);

    private static ProtoMessage Value(string name, int type, object[] axes)
    {
        ProtoMessage shape = new();
        foreach (object axis in axes)
        {
            shape.Message(1, axis is string any
                ? new ProtoMessage().Text(2, any)
                : new ProtoMessage().Number(1, (int)axis));
        }

        ProtoMessage tensor = new ProtoMessage().Number(1, type).Message(2, shape);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor));
    }
}
