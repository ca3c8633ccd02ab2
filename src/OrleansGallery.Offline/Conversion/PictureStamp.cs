using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OrleansGallery.Offline;

/// <summary>
/// What a picture was made of, as a comment in its JPEG file: a picture made of another file, or by another version,
/// is made anew. It does not depend on where the download is.
/// </summary>
internal static class PictureStamp
{
    /// <summary>Raised when the same file would give another picture.</summary>
    private const int Version = 1;

    private const int Header = 256;
    private const string TurnedMark = " turned";

    /// <summary>The stamp of a picture as it would be made now.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    public static string Of(PlannedImage image, int width, int height) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{Version} {width}x{height} {image.Box} {Path.GetFileName(image.Source)} {LengthOf(image.Source)} ")
            + FormattableString.Invariant($"{LengthOf(image.BoxOf)}"))));

    /// <summary>Writes a stamp into a JPEG file.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="stamp">The stamp.</param>
    /// <param name="turned">Whether the picture was stored turned or mirrored.</param>
    public static byte[] Put(byte[] jpeg, string stamp, bool turned)
    {
        byte[] text = Encoding.ASCII.GetBytes(turned ? stamp + TurnedMark : stamp);
        byte[] length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(length.Length + text.Length));
        int place = AfterJfif(jpeg);
        return [.. jpeg.AsSpan(0, place), .. Comment, .. length, .. text, .. jpeg.AsSpan(place)];
    }

    /// <summary>Reads it.</summary>
    /// <param name="file">A JPEG file.</param>
    /// <returns>The stamp; null: there is no such file, or it has none.</returns>
    public static (string Stamp, bool Turned)? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        Span<byte> start = stackalloc byte[Header];
        using (FileStream stream = File.OpenRead(file))
        {
            start = start[..stream.ReadAtLeast(start, Header, throwOnEndOfStream: false)];
        }

        int place = AfterJfif(start);
        if (place + 4 > start.Length || !start[place..].StartsWith(Comment))
        {
            return null;
        }

        int end = place + 2 + BinaryPrimitives.ReadUInt16BigEndian(start[(place + 2)..]);
        if (end < place + 4 || end > start.Length)
        {
            return null;
        }

        string text = Encoding.ASCII.GetString(start[(place + 4)..end]);
        return text.EndsWith(TurnedMark, StringComparison.Ordinal)
            ? (text[..^TurnedMark.Length], true)
            : (text, false);
    }

    private static ReadOnlySpan<byte> Comment => [0xFF, 0xFE];

    // A JFIF segment must follow the start of the image.
    private static int AfterJfif(ReadOnlySpan<byte> jpeg) => jpeg.Length >= 6 && jpeg[2] == 0xFF && jpeg[3] == 0xE0
        ? 4 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[4..])
        : 2;

    // -1 where there is no file: no picture is made of it.
    private static long LengthOf(string? path)
    {
        try
        {
            return path is not null && new FileInfo(path) is { Exists: true } file
                && (file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is FileInfo { Exists: true } real
                ? real.Length
                : -1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }
}
