using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OrleansGallery.Offline;

/// <summary>Reads files of names. Other encodings are refused: letters read wrongly make one name of two.</summary>
public static class Utf8File
{
    private const byte NewLine = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    /// <summary>Reads a whole file, without its byte-order mark.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Valid UTF-8.</returns>
    /// <exception cref="InvalidDataException">It is a folder, or a line is not UTF-8, which the message
    /// names.</exception>
    public static ReadOnlyMemory<byte> ReadBytes(string path)
    {
        // Opened as a file a folder is "access denied", which sends people to look at permissions.
        ReadOnlyMemory<byte> bytes = Directory.Exists(path)
            ? throw new InvalidDataException($"'{path}' cannot be read: it is a folder, not a file.")
            : File.ReadAllBytes(path);
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        return !Utf8.IsValid(bytes.Span) || bytes.Span.Contains((byte)0)
            ? throw new InvalidDataException(Fault(path, bytes.Span))
            : bytes;
    }

    /// <summary>Reads all lines, without their ends.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="InvalidDataException">As for <see cref="ReadBytes"/>.</exception>
    public static IReadOnlyList<string> ReadLines(string path)
    {
        ReadOnlySpan<byte> bytes = ReadBytes(path).Span;
        List<string> lines = [];
        while (!bytes.IsEmpty)
        {
            lines.Add(Encoding.UTF8.GetString(NextLine(ref bytes)));
        }

        return lines;
    }

    /// <summary>Reads a text that was cut out of a file.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">They are no UTF-8.</exception>
    internal static string TextOf(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes)
        ? Encoding.UTF8.GetString(bytes)
        : throw new FormatException("it is not UTF-8; save the file as UTF-8.");

    private static string Fault(string path, ReadOnlySpan<byte> bytes)
    {
        for (int number = 1; ; number++)
        {
            ReadOnlySpan<byte> line = NextLine(ref bytes);
            for (int at = 0; at < line.Length;)
            {
                if (line[at] == 0)
                {
                    return $"'{path}' line {number} has a zero byte, as text in UTF-16 has; save the file as UTF-8.";
                }

                if (Rune.DecodeFromUtf8(line[at..], out _, out int length) != OperationStatus.Done)
                {
                    return $"'{path}' line {number} is not UTF-8 (byte {line[at]:X2} at position {at + 1}); save the "
                        + "file as UTF-8.";
                }

                at += length;
            }
        }
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOfAny(NewLine, CarriageReturn);
        ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
        bytes = bytes[(end < 0 ? bytes.Length : end + (bytes[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        return line;
    }
}
