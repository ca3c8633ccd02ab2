using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>Numbers of every element type as those that are calculated with.</summary>
internal static class Elements
{
    /// <summary>Converts to float32, rounding to nearest.</summary>
    public static float[] ToSingles(ReadOnlySpan<byte> bytes, SafetensorsType type)
    {
        if (type == SafetensorsType.F32)
        {
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        }

        int size = SafetensorsHeader.SizeOf(type);
        float[] values = new float[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)ToDouble(bytes.Slice(i * size, size), type);
        }

        return values;
    }

    /// <summary>One element.</summary>
    public static double ToDouble(ReadOnlySpan<byte> element, SafetensorsType type) => type switch
    {
        SafetensorsType.F32 => BinaryPrimitives.ReadSingleLittleEndian(element),
        SafetensorsType.F64 => BinaryPrimitives.ReadDoubleLittleEndian(element),
        SafetensorsType.F16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
        SafetensorsType.BF16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
        SafetensorsType.I64 => BinaryPrimitives.ReadInt64LittleEndian(element),
        SafetensorsType.I32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        SafetensorsType.I16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        SafetensorsType.I8 => (sbyte)element[0],
        SafetensorsType.U8 => element[0],
        SafetensorsType.BOOL => element[0] == 0 ? 0 : 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };
}
