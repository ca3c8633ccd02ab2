namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A Python tuple, set or frozenset. Compared by reference: its content may be shared without end.</summary>
internal sealed class PickleTuple(IReadOnlyList<object?> items)
{
    public IReadOnlyList<object?> Items { get; private set; } = items;

    /// <summary>Adds to a set.</summary>
    public void Add(IEnumerable<object?> more)
    {
        List<object?> list = Items as List<object?> ?? [.. Items];
        list.AddRange(more);
        Items = list;
    }
}
