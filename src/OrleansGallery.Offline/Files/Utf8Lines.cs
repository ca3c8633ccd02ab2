using System.Text;

namespace OrleansGallery.Offline;

/// <summary>Reads lists of names. Other encodings are refused: letters read wrongly make one name of two.</summary>
internal static class Utf8Lines
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads all lines, without their ends; a byte-order mark is no part of the first.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">A line is not UTF-8; the message names it.</exception>
    public static string[] Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        List<string> lines = [];
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
            lines.Add(Decode(line, path, lines.Count + 1));
            int next = end < 0 ? bytes.Length : end + (bytes[end..].StartsWith("\r\n"u8) ? 2 : 1);
            bytes = bytes[next..];
        }

        return [.. lines];
    }

    private static string Decode(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            string text = Strict.GetString(line);
            return !text.Contains('\0', StringComparison.Ordinal)
                ? text
                : throw new InvalidDataException(
                    $"'{path}' line {number} has a zero byte, as text in UTF-16 has; save the file as UTF-8.");
        }
        catch (DecoderFallbackException exception)
        {
            byte wrong = exception.BytesUnknown is [byte first, ..] ? first : (byte)0;
            throw new InvalidDataException(
                $"'{path}' line {number} is not UTF-8 (byte {wrong:X2} at position {exception.Index + 1}); save the "
                + "file as UTF-8.",
                exception);
        }
    }
}
