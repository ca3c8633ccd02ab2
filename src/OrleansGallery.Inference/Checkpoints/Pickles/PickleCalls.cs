using System.Buffers.Binary;
using System.Text;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>What the few calls that checkpoints need would have made. Every other call makes an inert object.</summary>
internal static class PickleCalls
{
    public static object? Call(PickleGlobal type, PickleTuple arguments) => type.FullName switch
    {
        "collections.OrderedDict" or "collections.Counter" or "collections.defaultdict" or "builtins.dict"
            or "__builtin__.dict" => Dictionary(arguments),
        "builtins.set" or "__builtin__.set" or "builtins.frozenset" or "__builtin__.frozenset" or "builtins.tuple"
            or "__builtin__.tuple" or "torch.Size" => new PickleTuple(Sequence(arguments)),
        "builtins.list" or "__builtin__.list" => new List<object?>(Sequence(arguments)),
        "_codecs.encode" => Encode(arguments),
        "numpy.core.multiarray.scalar" or "numpy._core.multiarray.scalar" => Scalar(type, arguments),
        "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state"
            or "torch.nn.parameter.Parameter" => arguments.Items is [PickleTensor tensor, ..] ? tensor : Foreign(type, arguments),
        "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor_v3" =>
            Tensor(type, arguments),
        "torch._tensor._rebuild_from_type_v2" or "torch.tensor._rebuild_from_type_v2" =>
            arguments.Items is [PickleGlobal inner, _, PickleTuple rest, ..] && inner.Name.StartsWith("_rebuild_tensor", StringComparison.Ordinal)
                ? Call(inner, rest)
                : Foreign(type, arguments),
        _ => Foreign(type, arguments),
    };

    private static PickleObject Foreign(PickleGlobal type, PickleTuple arguments) => new(type.FullName, arguments);

    // A pair list, another dictionary, or a default factory (which is left out).
    private static PickleDictionary Dictionary(PickleTuple arguments)
    {
        PickleDictionary result = new();
        foreach (object? argument in arguments.Items)
        {
            switch (argument)
            {
                case PickleDictionary other:
                    foreach (KeyValuePair<object, object?> item in other.Items)
                    {
                        result.Set(item.Key, item.Value);
                    }

                    break;
                case List<object?> pairs:
                    foreach (object? pair in pairs)
                    {
                        (object? key, object? value) = Pair(pair);
                        result.Set(key, value);
                    }

                    break;
                default:
                    break;
            }
        }

        return result;
    }

    private static (object? Key, object? Value) Pair(object? pair) => pair switch
    {
        PickleTuple { Items: [object key, var value] } => (key, value),
        List<object?> and [object key, var value] => (key, value),
        _ => throw new PickleException("its pickle makes a dictionary of what are no pairs."),
    };

    private static IReadOnlyList<object?> Sequence(PickleTuple arguments) => arguments.Items switch
    {
        [] => [],
        [PickleTuple tuple] => tuple.Items,
        [List<object?> list] => [.. list],
        _ => throw new PickleException("its pickle makes a list of what is none."),
    };

    // How protocol 2 writes bytes: text and 'latin1'.
    private static byte[] Encode(PickleTuple arguments) =>
        arguments.Items is [string text, ..] && text.All(character => character <= 0xff)
            ? Encoding.Latin1.GetBytes(text)
            : throw new PickleException("its pickle encodes what are no bytes.");

    private static object Scalar(PickleGlobal type, PickleTuple arguments) => arguments.Items switch
    {
        [PickleObject { Arguments: PickleTuple { Items: [string name, ..] } }, byte[] bytes] => (name, bytes.Length) switch
        {
            ("f8", 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            ("f4", 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            ("i8", 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            ("i4", 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            ("b1", 1) => bytes[0] != 0,
            _ => Foreign(type, arguments),
        },
        _ => Foreign(type, arguments),
    };

    // (storage, offset, size, stride, requires_grad, hooks, [dtype], ...)
    private static object Tensor(PickleGlobal type, PickleTuple arguments)
    {
        if (arguments.Items is not [var source, long offset, var size, var stride, ..])
        {
            throw new PickleException("its pickle has a tensor without storage, offset, size and stride.");
        }

        if (source is not PickleStorage storage)
        {
            return source is PickleObject
                ? Foreign(type, arguments) // Of a type there is no name for here, such as complex numbers.
                : throw new PickleException("its pickle has a tensor of what is no storage.");
        }

        SafetensorsType? own = arguments.Items.Count > 6 && arguments.Items[6] is PickleGlobal { Module: "torch" } dtype
            ? PickleStorage.TypeOf(dtype.Name)
            : storage.Type;
        return own is { } element && (storage.Type is null || storage.Type == element)
            ? PickleTensor.Of(storage, element, offset, Numbers(size), Numbers(stride))
            : Foreign(type, arguments);
    }

    private static long[] Numbers(object? value)
    {
        IReadOnlyList<object?> items = value switch
        {
            PickleTuple tuple => tuple.Items,
            List<object?> list => list,
            _ => throw new PickleException("its pickle has a tensor whose size is no tuple."),
        };
        return items.Count <= PickleLimits.MaxRank && items.All(item => item is long)
            ? [.. items.Cast<long>()]
            : throw new PickleException($"its pickle has a tensor whose size is not of up to {PickleLimits.MaxRank} numbers.");
    }
}
