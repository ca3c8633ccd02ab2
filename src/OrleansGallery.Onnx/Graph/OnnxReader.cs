namespace OrleansGallery.Onnx;

/// <summary>Reads a ModelProto and its graphs; it counts what it has read of all of them.</summary>
internal sealed class OnnxReader
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _weights = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private int _tensors;

    public OnnxModel Read(ReadOnlyMemory<byte> file)
    {
        WireReader reader = new(file);
        long format = 0;
        long opset = 0;
        (string Name, string Version) producer = (string.Empty, string.Empty);
        bool hasGraph = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    format = reader.Integer();
                    break;
                case 2:
                    producer.Name = reader.Text();
                    break;
                case 3:
                    producer.Version = reader.Text();
                    break;
                case 7:
                    hasGraph = !hasGraph ? true : throw new OnnxException("it has two graphs.");
                    ReadGraph(reader.Bytes(), 0);
                    break;
                case 8:
                    opset = Math.Max(opset, Opset(reader.Bytes()));
                    break;
                case 25: // functions
                    ReadGraph(reader.Bytes(), 1, nodes: 7);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return hasGraph
            ? new OnnxModel
            {
                FormatVersion = format,
                Producer = $"{producer.Name} {producer.Version}".Trim(),
                Opset = opset,
                Inputs = Fed(),
                Outputs = _outputs,
                Nodes = _nodes,
                Weights = Unique(),
            }
            : throw new OnnxException("it is no ONNX model: it has no graph.");
    }

    // Before format version 4 weights stand among the inputs.
    private List<OnnxValue> Fed()
    {
        HashSet<string> held = new(_weights.Select(weight => weight.Name), StringComparer.Ordinal);
        return [.. _inputs.Where(input => !held.Contains(input.Name))];
    }

    private List<OnnxTensor> Unique() =>
        _weights.GroupBy(weight => weight.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)
            is { } twice
            ? throw new OnnxException($"it has the weight '{twice.Key}' twice.")
            : _weights;

    private static long Opset(ReadOnlyMemory<byte> message)
    {
        WireReader reader = new(message);
        string domain = string.Empty;
        long version = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.Text();
                    break;
                case 2:
                    version = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return domain is "" or "ai.onnx" ? version : 0;
    }

    // A function is a graph with its nodes in another field, without weights.
    private void ReadGraph(ReadOnlyMemory<byte> message, int depth, int nodes = 1)
    {
        if (depth > OnnxLimits.Depth)
        {
            throw new OnnxException($"its graphs stand in one another more than {OnnxLimits.Depth} deep.");
        }

        WireReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == nodes)
            {
                ReadNode(reader.Bytes(), depth);
                continue;
            }

            switch (reader.Field)
            {
                case 5 when nodes == 1:
                    ReadTensor(reader.Bytes(), depth);
                    break;
                case 11 when depth == 0:
                    Add(_inputs, ValueReader.Read(reader.Bytes()));
                    break;
                case 12 when depth == 0:
                    Add(_outputs, ValueReader.Read(reader.Bytes()));
                    break;
                case 15 when nodes == 1:
                    throw new OnnxException("it has sparse weights, which are not read.");
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Add(List<OnnxValue> values, OnnxValue value)
    {
        values.Add(values.Count < OnnxLimits.Values
            ? value
            : throw new OnnxException($"it has more than {OnnxLimits.Values} inputs or outputs."));
    }

    private void ReadTensor(ReadOnlyMemory<byte> message, int depth)
    {
        if (++_tensors > OnnxLimits.Tensors)
        {
            throw new OnnxException($"it has more than {OnnxLimits.Tensors} weights.");
        }

        OnnxTensor tensor = TensorReader.Read(message);
        if (depth == 0)
        {
            _weights.Add(tensor);
        }
    }

    private void ReadNode(ReadOnlyMemory<byte> message, int depth)
    {
        WireReader reader = new(message);
        OnnxNode node = new(string.Empty, string.Empty, HasGraph: false);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 4:
                    node = node with { Operator = reader.Text() };
                    break;
                case 7:
                    node = node with { Domain = reader.Text() };
                    break;
                case 5:
                    bool inner = ReadAttribute(reader.Bytes(), depth);
                    node = node with { HasGraph = node.HasGraph || inner };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        _nodes.Add(_nodes.Count < OnnxLimits.Nodes
            ? node
            : throw new OnnxException($"it has more than {OnnxLimits.Nodes} nodes."));
    }

    // Of an attribute only what has weights or nodes of its own counts.
    private bool ReadAttribute(ReadOnlyMemory<byte> message, int depth)
    {
        WireReader reader = new(message);
        bool hasGraph = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 5 or 10: // t, tensors
                    ReadTensor(reader.Bytes(), depth + 1);
                    break;
                case 6 or 11: // g, graphs
                    ReadGraph(reader.Bytes(), depth + 1);
                    hasGraph = true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return hasGraph;
    }
}
