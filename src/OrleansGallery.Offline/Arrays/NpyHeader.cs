using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansGallery.Offline;

/// <summary>What the header of a <c>.npy</c> file says.</summary>
public sealed partial record NpyHeader
{
    private const int MaxLength = 1 << 20;
    private const int Alignment = 64;

    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>NumPy's name of the element type, for example <c>&lt;f4</c> or <c>&lt;U16</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The lengths, outermost first; empty for a scalar.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>Where the first element begins in the file.</summary>
    public int DataOffset { get; init; }

    /// <summary>How many elements there are; at most what an array can hold.</summary>
    public int Count => checked((int)Shape.Aggregate(1L, (a, b) => checked(a * b)));

    /// <summary>Reads the header (format versions 1 to 3).</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="file">Its path, for messages.</param>
    /// <returns>The header.</returns>
    /// <exception cref="NpyException">It is no such file, or its array is in Fortran order.</exception>
    internal static NpyHeader Read(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false) < 10 || !start.StartsWith(Magic))
        {
            throw new NpyException(file, "it does not begin like a NumPy array.");
        }

        int version = start[6];
        int prefix = version == 1 ? 10 : 12;
        if (version is < 1 or > 3 || stream.ReadAtLeast(start[10..prefix], prefix - 10, false) < prefix - 10)
        {
            throw new NpyException(file, $"its format version {version} is none of 1, 2, 3.");
        }

        long length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > MaxLength)
        {
            throw new NpyException(file, $"its header claims {length} bytes; at most {MaxLength} are read.");
        }

        byte[] text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw new NpyException(file, "it ends within its header.");
        }

        return Parse(Encoding.UTF8.GetString(text), file) with { DataOffset = prefix + (int)length };
    }

    /// <summary>Writes the header in format version 1, padded as NumPy does.</summary>
    /// <returns>All bytes before the first element.</returns>
    internal byte[] ToBytes()
    {
        string lengths = Shape.Count == 1 ? $"{Shape[0]}," : string.Join(", ", Shape);
        string text = $"{{'descr': '{Type}', 'fortran_order': False, 'shape': ({lengths}), }}";
        int total = ((10 + text.Length + 1 + Alignment - 1) / Alignment) * Alignment;
        byte[] bytes = new byte[total];
        Magic.CopyTo(bytes, 0);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(total - 10));
        Encoding.ASCII.GetBytes(text.PadRight(total - 11) + "\n", bytes.AsSpan(10));
        return bytes;
    }

    private static NpyHeader Parse(string text, string file)
    {
        Match type = TypePattern().Match(text);
        Match order = OrderPattern().Match(text);
        Match shape = ShapePattern().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
        {
            throw new NpyException(file, $"its header is not that of a plain array: {text.Trim()}");
        }

        List<int> lengths = [];
        foreach (string part in shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries))
        {
            lengths.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                ? length
                : throw new NpyException(file, $"its length '{part}' is no number up to {int.MaxValue}."));
        }

        if (order.Groups[1].Value == "True" && lengths.Count(length => length > 1) > 1)
        {
            throw new NpyException(
                file, "its array is in Fortran order; save it with numpy.ascontiguousarray(array).");
        }

        return new NpyHeader { Type = type.Groups[1].Value, Shape = lengths };
    }

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([^'""]{1,32})['""]", RegexOptions.NonBacktracking)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)", RegexOptions.NonBacktracking)]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^)]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex ShapePattern();
}
