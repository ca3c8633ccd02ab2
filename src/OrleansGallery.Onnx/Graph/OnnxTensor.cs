namespace OrleansGallery.Onnx;

/// <summary>A tensor of numbers that a graph holds: its weights.</summary>
public sealed record OnnxTensor
{
    /// <summary>Its name; unique in its graph.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type; one that is not of the enumeration is of another size than is known here.</summary>
    public required OnnxElement Element { get; init; }

    /// <summary>Its lengths, outermost first; empty for a scalar.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Its numbers, row-major and little-endian, in the file's memory; null where they are not stored as such
    /// (text, or numbers of 16 bits and less in the place of 32).</summary>
    public required ReadOnlyMemory<byte>? Data { get; init; }
}
