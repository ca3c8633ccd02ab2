namespace OrleansGallery.Inference.Checkpoints;

/// <summary>One tensor of a checkpoint, without its numbers.</summary>
public sealed record CheckpointTensor
{
    /// <summary>Its key in the file.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type.</summary>
    public required SafetensorsType Type { get; init; }

    /// <summary>Its lengths, outermost first; empty for a scalar.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>How many elements it has.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => checked(a * b));

    /// <summary>How many bytes they take.</summary>
    public long Length => checked(Count * SafetensorsHeader.SizeOf(Type));
}
