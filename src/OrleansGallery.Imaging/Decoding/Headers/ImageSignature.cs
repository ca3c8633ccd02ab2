namespace OrleansGallery.Imaging;

/// <summary>Tells what a file is by its first bytes, whatever its name says.</summary>
public static class ImageSignature
{
    /// <summary>How many bytes are enough.</summary>
    public const int Length = 16;

    /// <summary>The format of a file that is read here.</summary>
    /// <param name="start">The file's first bytes, up to <see cref="Length"/> of them.</param>
    /// <returns>The format; null for all others.</returns>
    public static ImageFormat? FormatOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            ImageFormat.WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
        [(byte)'B', (byte)'M', ..] => ImageFormat.Bmp,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ImageFormat.Tiff,
        [(byte)'P', >= (byte)'1' and <= (byte)'6', (byte)' ' or (byte)'#' or (>= (byte)'\t' and <= (byte)'\r'), ..] =>
            ImageFormat.Pnm,
        _ => null,
    };

    /// <summary>What a file of another kind is, in words.</summary>
    /// <param name="start">The file's first bytes, up to <see cref="Length"/> of them.</param>
    /// <returns>For example "a HEIF image" or "no image (it begins with 3C21646F63747970)".</returns>
    public static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        _ when FormatOf(start) is { } format => $"a {format} image",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] =>
            "an AVIF image",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', (byte)'e' or (byte)'i', ..] =>
            "a HEIF image",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a film",
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', ..] => "a JPEG XL image",
        [0xFF, 0x4F, 0xFF, 0x51, ..] or [0, 0, 0, 12, (byte)'j', (byte)'P', ..] => "a JPEG 2000 image",
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => "a Photoshop document",
        [0, 0, 1, 0, ..] => "an icon",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [] => "empty",
        _ => $"no image (it begins with {Convert.ToHexString(start[..Math.Min(8, start.Length)])})",
    };
}
