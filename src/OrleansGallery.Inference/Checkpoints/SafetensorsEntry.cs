namespace OrleansGallery.Inference.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
public sealed record SafetensorsEntry
{
    /// <summary>Its key.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type.</summary>
    public required SafetensorsType Type { get; init; }

    /// <summary>Its lengths, outermost first; empty for a scalar.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Where its bytes begin, counted from the first byte after the header.</summary>
    public required long Offset { get; init; }

    /// <summary>How many bytes it has (row-major, little-endian).</summary>
    public required long Length { get; init; }
}
