using System.Runtime.InteropServices;

namespace OrleansGallery.Abstractions;

/// <summary>
/// A vector as it crosses the wire: the float32 components as bytes, so that it is copied once instead of element by
/// element. Silos are little-endian machines, as .NET's supported platforms are.
/// </summary>
[GenerateSerializer, Immutable, Alias("gallery.VectorBytes")]
public readonly struct VectorBytes
{
    /// <summary>Takes ownership of bytes that nobody changes any more.</summary>
    /// <param name="bytes">Little-endian float32 components.</param>
    public VectorBytes(byte[] bytes) => Bytes = bytes;

    /// <summary>Little-endian float32 components; not to be changed.</summary>
    [Id(0)]
    public byte[] Bytes { get; }

    /// <summary>The components.</summary>
    public ReadOnlySpan<float> Components => MemoryMarshal.Cast<byte, float>(Bytes);

    /// <summary>How many components.</summary>
    public int Dimension => Bytes is null ? 0 : Bytes.Length / sizeof(float);

    /// <summary>Copies components.</summary>
    /// <param name="components">The components.</param>
    /// <returns>Their bytes.</returns>
    public static VectorBytes From(ReadOnlySpan<float> components) =>
        new(MemoryMarshal.AsBytes(components).ToArray());
}
