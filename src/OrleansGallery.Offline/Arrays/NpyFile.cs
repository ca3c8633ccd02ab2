using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OrleansGallery.Offline;

/// <summary>
/// NumPy's <c>.npy</c> files: float32, float64, int64, int32, bool and unicode text, little-endian, in C order. Nothing
/// in a file is executed (object arrays, which are pickles, are refused), and no memory is taken for more elements than
/// the file has bytes for.
/// </summary>
/// <remarks>Format: NumPy's documentation of <c>numpy.lib.format</c>.</remarks>
public static class NpyFile
{
    private const int BytesPerCodePoint = 4;

    /// <summary>Reads what a file holds, without its elements.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Element type and lengths.</returns>
    /// <exception cref="NpyException">It is no such file.</exception>
    public static NpyHeader ReadHeader(string path)
    {
        using FileStream stream = Open(path);
        return NpyHeader.Read(stream, path);
    }

    /// <summary>Reads a file of numbers or bools.</summary>
    /// <typeparam name="T">float, double, long, int or bool; it must be the file's own type.</typeparam>
    /// <param name="path">The file.</param>
    /// <returns>The array.</returns>
    /// <exception cref="NpyException">It is no such file, holds another type, or is cut short.</exception>
    public static NpyArray<T> Read<T>(string path)
        where T : unmanaged
    {
        using FileStream stream = Open(path);
        NpyHeader header = NpyHeader.Read(stream, path);
        string type = TypeOf<T>();
        if (header.Type != type)
        {
            throw new NpyException(path, $"its elements are '{header.Type}', not '{type}' ({typeof(T).Name}).");
        }

        T[] values = new T[Count(header, stream, path, Unsafe.SizeOf<T>())];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new NpyArray<T>(header.Shape, values);
    }

    /// <summary>Reads a file of unicode text.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The array; trailing zeros, NumPy's padding, are cut off.</returns>
    /// <exception cref="NpyException">It is no such file, holds another type, or is cut short.</exception>
    public static NpyArray<string> ReadText(string path)
    {
        using FileStream stream = Open(path);
        NpyHeader header = NpyHeader.Read(stream, path);
        if (!header.Type.StartsWith("<U", StringComparison.Ordinal)
            || !int.TryParse(header.Type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            || width > int.MaxValue / BytesPerCodePoint)
        {
            throw new NpyException(path, NpyNumbers.NoText(header.Type));
        }

        string[] values = new string[Count(header, stream, path, width * BytesPerCodePoint)];
        byte[] element = new byte[width * BytesPerCodePoint];
        UTF32Encoding encoding = new(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);
        for (int i = 0; i < values.Length; i++)
        {
            stream.ReadExactly(element);
            values[i] = Decode(encoding, element, path, i);
        }

        return new NpyArray<string>(header.Shape, values);
    }

    /// <summary>Writes numbers or bools.</summary>
    /// <typeparam name="T">float, double, long, int or bool.</typeparam>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="array">The array.</param>
    public static void Write<T>(string path, NpyArray<T> array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        using FileStream stream = File.Create(path);
        stream.Write(new NpyHeader { Type = TypeOf<T>(), Shape = array.Shape }.ToBytes());
        stream.Write(MemoryMarshal.AsBytes(array.Values.AsSpan()));
    }

    /// <summary>Writes unicode text.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="array">The array; its longest text sets the width of all.</param>
    public static void WriteText(string path, NpyArray<string> array)
    {
        ArgumentNullException.ThrowIfNull(array);
        byte[][] texts = [.. array.Values.Select(Encoding.UTF32.GetBytes)];
        int width = Math.Max(BytesPerCodePoint, texts.Length == 0 ? 0 : texts.Max(text => text.Length));
        using FileStream stream = File.Create(path);
        stream.Write(
            new NpyHeader { Type = $"<U{width / BytesPerCodePoint}", Shape = array.Shape }.ToBytes());
        byte[] padding = new byte[width];
        foreach (byte[] text in texts)
        {
            stream.Write(text);
            stream.Write(padding.AsSpan(text.Length));
        }
    }

    // A folder opened as a file is "access denied", which sends people to look at permissions; a pipe's opening may
    // never end, and it has no length to hold a header against.
    internal static FileStream Open(string path) =>
        Directory.Exists(path) ? throw new NpyException(path, "it is a folder, not a file.")
        : !FileKind.IsRegular(path) ? throw new NpyException(path, "it is no regular file.")
        : File.OpenRead(path);

    private static string TypeOf<T>() =>
        typeof(T) == typeof(float) ? "<f4"
        : typeof(T) == typeof(double) ? "<f8"
        : typeof(T) == typeof(long) ? "<i8"
        : typeof(T) == typeof(int) ? "<i4"
        : typeof(T) == typeof(bool) ? "|b1"
        : throw new NotSupportedException($"Arrays of {typeof(T).Name} are not read or written.");

    // The file's length bounds the memory: a header may claim anything.
    private static int Count(NpyHeader header, FileStream stream, string path, int elementSize)
    {
        long elements = RequireLength(header, stream, path, elementSize);
        return elements <= Array.MaxLength && (elementSize > 0 || elements == 0)
            ? (int)elements
            : throw new NpyException(
                path, $"its shape ({string.Join(", ", header.Shape)}) is of more elements than are read at once.");
    }

    /// <summary>Refuses a file that is not as long as its shape says.</summary>
    /// <returns>How many elements it has.</returns>
    /// <exception cref="NpyException">It is longer or shorter.</exception>
    internal static long RequireLength(NpyHeader header, FileStream stream, string path, int elementSize)
    {
        long left = stream.Length - header.DataOffset;
        Int128 elements = 1;
        foreach (int length in header.Shape)
        {
            elements = Int128.Min(elements * length, long.MaxValue);
        }

        if (header.Shape.Contains(0))
        {
            elements = 0;
        }

        return elements * elementSize == left
            ? (long)elements
            : throw new NpyException(
                path,
                $"its shape ({string.Join(", ", header.Shape)}) of '{header.Type}' needs {elements * elementSize} "
                + $"bytes; it has {left}.");
    }

    private static string Decode(UTF32Encoding encoding, byte[] element, string path, int index)
    {
        int length = element.Length;
        while (length > 0 && BitConverter.ToInt32(element, length - BytesPerCodePoint) == 0)
        {
            length -= BytesPerCodePoint;
        }

        try
        {
            return encoding.GetString(element, 0, length);
        }
        catch (ArgumentException)
        {
            throw new NpyException(path, $"its element {index} is no valid text.");
        }
    }
}
