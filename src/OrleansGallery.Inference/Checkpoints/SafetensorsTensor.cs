using System.Runtime.InteropServices;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A tensor to be written to a safetensors file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its lengths, outermost first.</param>
/// <param name="Data">Its bytes: row-major, little-endian.</param>
public sealed record SafetensorsTensor(
    string Name, SafetensorsType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>A tensor of float32 numbers; they are copied.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="shape">Its lengths, outermost first.</param>
    /// <param name="values">Its numbers, row-major.</param>
    /// <returns>The tensor.</returns>
    public static SafetensorsTensor Of(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values) =>
        new(name, SafetensorsType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());
}
