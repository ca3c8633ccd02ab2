namespace OrleansGallery.Onnx;

/// <summary>Reads a TensorProto.</summary>
internal static class TensorReader
{
    private const long External = 1;

    public static OnnxTensor Read(ReadOnlyMemory<byte> message)
    {
        WireReader reader = new(message);
        List<long> shape = [];
        string name = string.Empty;
        OnnxElement element = OnnxElement.Undefined;
        List<ReadOnlyMemory<byte>> numbers = [];
        bool elsewhere = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Integers(shape, OnnxLimits.Rank);
                    break;
                case 2:
                    element = (OnnxElement)Math.Clamp(reader.Integer(), 0, int.MaxValue);
                    break;
                case 4 or 9 or 10: // float_data, raw_data, double_data
                    numbers.Add(numbers.Count < OnnxLimits.Parts
                        ? reader.Fixed()
                        : throw new OnnxException($"it has more than {OnnxLimits.Parts} numbers one by one."));
                    break;
                case 8:
                    name = reader.Text();
                    break;
                case 13: // external_data
                    elsewhere = true;
                    reader.Skip();
                    break;
                case 14:
                    elsewhere |= reader.Integer() == External;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (elsewhere)
        {
            throw new OnnxException(
                $"its weight '{name}' lies in another file, which is not looked for. Save the model as one file, for "
                + "example onnx.save(onnx.load('model.onnx'), 'whole.onnx').");
        }

        return new OnnxTensor
        {
            Name = name, Element = element, Shape = shape, Data = Data(name, element, shape, numbers),
        };
    }

    private static ReadOnlyMemory<byte>? Data(
        string name, OnnxElement element, List<long> shape, List<ReadOnlyMemory<byte>> parts)
    {
        if (shape.Any(side => side < 0))
        {
            throw new OnnxException($"its weight '{name}' has the shape [{string.Join(", ", shape)}].");
        }

        Int128 length = SizeOf(element);
        foreach (long side in shape)
        {
            length = side == 0 ? 0 : Int128.Min(length * side, long.MaxValue);
        }

        long there = parts.Sum(part => (long)part.Length);
        if (parts.Count == 0 && length > 0)
        {
            return null;
        }

        if (length != there && SizeOf(element) > 0)
        {
            throw new OnnxException(
                $"its weight '{name}' of shape [{string.Join(", ", shape)}] takes {length} bytes and has {there}.");
        }

        return parts.Count == 1 ? parts[0] : Joined(parts, there);
    }

    // Numbers that are not packed come one by one; the sum of their lengths is at most the file's.
    private static ReadOnlyMemory<byte> Joined(List<ReadOnlyMemory<byte>> parts, long length)
    {
        byte[] joined = new byte[length];
        int position = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(joined.AsMemory(position));
            position += part.Length;
        }

        return joined;
    }

    private static int SizeOf(OnnxElement element) => element switch
    {
        OnnxElement.F64 or OnnxElement.I64 or OnnxElement.U64 => 8,
        OnnxElement.F32 or OnnxElement.I32 or OnnxElement.U32 => 4,
        OnnxElement.F16 or OnnxElement.BF16 or OnnxElement.I16 or OnnxElement.U16 => 2,
        OnnxElement.U8 or OnnxElement.I8 or OnnxElement.Bool => 1,
        _ => 0,
    };
}
