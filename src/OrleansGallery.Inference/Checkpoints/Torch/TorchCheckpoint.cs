namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A pickle's state dictionary over its storages.</summary>
internal sealed class TorchCheckpoint : CheckpointFile
{
    // Where training programs put the state dictionary; the first that is one counts, else the file's root.
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net", "network"];

    private readonly Dictionary<string, PickleTensor> _views;
    private readonly ITorchStorages _storages;

    private TorchCheckpoint(
        string path,
        CheckpointFormat format,
        IReadOnlyList<(string Name, PickleTensor View)> tensors,
        IReadOnlyDictionary<string, string> metadata,
        ITorchStorages storages)
        : base(
            path,
            format,
            [.. tensors.Select(item => new CheckpointTensor { Name = item.Name, Type = item.View.Type, Shape = item.View.Shape })],
            metadata)
    {
        _views = tensors.ToDictionary(item => item.Name, item => item.View, StringComparer.Ordinal);
        _storages = storages;
    }

    /// <exception cref="PickleException">There is no state dictionary.</exception>
    public static TorchCheckpoint Of(string path, CheckpointFormat format, object? root, ITorchStorages storages)
    {
        PickleDictionary state = StateOf(root) ?? throw new PickleException(
            "it holds no state dictionary, that is tensors under their names. Save model.state_dict(), not the model.");
        List<(string, PickleTensor)> tensors = [];
        foreach (KeyValuePair<object, object?> item in state.Items)
        {
            if (item is { Key: string name, Value: PickleTensor view })
            {
                tensors.Add((name, view));
            }
        }

        return new TorchCheckpoint(path, format, tensors, PickleFacts.Of(root, state), storages);
    }

    private protected override void ReadInto(CheckpointTensor tensor, Span<byte> destination)
    {
        PickleTensor view = _views[tensor.Name];
        if (destination.Length == 0)
        {
            return;
        }

        int size = SafetensorsHeader.SizeOf(view.Type);
        long first = view.Storage.Offset + view.Offset;
        long extent = 1;
        bool dense = true;
        for (int i = view.Shape.Count - 1; i >= 0; i--)
        {
            dense &= view.Shape[i] == 1 || view.Stride[i] == extent;
            extent = dense ? extent * view.Shape[i] : extent;
        }

        if (dense)
        {
            _storages.Read(view.Storage.Key, first * size, destination);
            return;
        }

        long last = view.Shape.Zip(view.Stride, (side, step) => (side - 1) * step).Sum();
        byte[] source = (last + 1) * size <= Array.MaxLength
            ? GC.AllocateUninitializedArray<byte>((int)((last + 1) * size))
            : throw new CheckpointException(Path, $"tensor '{tensor.Name}' lies too far apart in its storage.");
        _storages.Read(view.Storage.Key, first * size, source);
        Gather(view, size, source, destination);
    }

    private protected override void Close() => _storages.Dispose();

    private static PickleDictionary? StateOf(object? root)
    {
        if (root is not PickleDictionary dictionary)
        {
            return null;
        }

        return Wrappers.Select(name => dictionary[name] as PickleDictionary)
            .Append(dictionary)
            .FirstOrDefault(state => state is not null && state.Items.Any(item =>
                item is { Key: string, Value: PickleTensor }));
    }

    private static void Gather(PickleTensor view, int size, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<long> place = stackalloc long[view.Shape.Count];
        place.Clear();
        long from = 0;
        for (int to = 0; to < destination.Length; to += size)
        {
            source.Slice((int)(from * size), size).CopyTo(destination[to..]);
            for (int axis = view.Shape.Count - 1; axis >= 0; axis--)
            {
                from += view.Stride[axis];
                if (++place[axis] < view.Shape[axis])
                {
                    break;
                }

                from -= view.Stride[axis] * view.Shape[axis];
                place[axis] = 0;
            }
        }
    }
}
