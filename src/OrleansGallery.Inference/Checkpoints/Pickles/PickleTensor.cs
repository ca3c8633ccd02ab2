namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A view of a storage: element (i, j, ...) is at <c>Offset + i * Stride[0] + j * Stride[1] + ...</c>.</summary>
internal sealed record PickleTensor(
    PickleStorage Storage, SafetensorsType Type, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Stride)
{
    /// <summary>Elements of the tensor.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>Checks that the view lies within the storage.</summary>
    /// <exception cref="PickleException">It does not, or would expand without bound.</exception>
    public static PickleTensor Of(
        PickleStorage storage, SafetensorsType type, long offset, IReadOnlyList<long> shape, IReadOnlyList<long> stride)
    {
        PickleTensor tensor = new(storage, type, offset, shape, stride);
        long available = storage.Type is null ? storage.Count / SafetensorsHeader.SizeOf(type) : storage.Count;
        if (shape.Count != stride.Count || shape.Count > PickleLimits.MaxRank || !Fits(tensor, available))
        {
            throw new PickleException(
                $"a tensor of [{string.Join(", ", shape)}] with strides [{string.Join(", ", stride)}] from element {offset} "
                + $"lies not within its storage '{storage.Key}' of {available} elements.");
        }

        return tensor;
    }

    private static bool Fits(PickleTensor tensor, long available)
    {
        if (tensor.Offset < 0 || tensor.Shape.Any(side => side < 0) || tensor.Stride.Any(step => step < 0))
        {
            return false;
        }

        Int128 count = 1;
        Int128 last = tensor.Offset;
        for (int i = 0; i < tensor.Shape.Count; i++)
        {
            count = Int128.Min(count * tensor.Shape[i], long.MaxValue);
            last = Int128.Min(last + ((Int128)(tensor.Shape[i] - 1) * tensor.Stride[i]), long.MaxValue);
        }

        if (tensor.Shape.Contains(0))
        {
            return true;
        }

        return last < available && (count <= available || count <= PickleLimits.MaxRepeated);
    }
}
