namespace OrleansGallery.Onnx;

/// <summary>Reads a ValueInfoProto.</summary>
internal static class ValueReader
{
    public static OnnxValue Read(ReadOnlyMemory<byte> message)
    {
        WireReader reader = new(message);
        OnnxValue value = new(string.Empty, null, null);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = value with { Name = reader.Text() };
                    break;
                case 2:
                    value = OfType(value, reader.Bytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    // A TypeProto is one of tensor (1), sequence, map and others.
    private static OnnxValue OfType(OnnxValue value, ReadOnlyMemory<byte> message)
    {
        WireReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                value = OfTensor(value, reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }

    private static OnnxValue OfTensor(OnnxValue value, ReadOnlyMemory<byte> message)
    {
        WireReader reader = new(message);
        value = value with { Element = OnnxElement.Undefined };
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = value with { Element = (OnnxElement)Math.Clamp(reader.Integer(), 0, int.MaxValue) };
                    break;
                case 2:
                    value = value with { Shape = Axes(reader.Bytes()) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private static List<OnnxAxis> Axes(ReadOnlyMemory<byte> message)
    {
        WireReader reader = new(message);
        List<OnnxAxis> axes = [];
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            if (axes.Count == OnnxLimits.Rank)
            {
                throw new OnnxException($"it has a value of more than {OnnxLimits.Rank} axes.");
            }

            axes.Add(Axis(reader.Bytes()));
        }

        return axes;
    }

    private static OnnxAxis Axis(ReadOnlyMemory<byte> message)
    {
        WireReader reader = new(message);
        OnnxAxis axis = default;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    long length = reader.Integer();
                    // Exporters write 0 and -1 for what may be any.
                    axis = new OnnxAxis(length > 0 ? length : null, null);
                    break;
                case 2:
                    axis = new OnnxAxis(null, reader.Text());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return axis;
    }
}
