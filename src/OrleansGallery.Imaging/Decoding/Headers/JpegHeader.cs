namespace OrleansGallery.Imaging;

/// <summary>JPEG: first frame header, EXIF in APP1, and that an end-of-image marker closes it (T.81 Annex B).</summary>
internal static class JpegHeader
{
    /// <summary>
    /// A progressive file may repeat tiny scans, each of which costs a pass over all pixels; cameras and encoders
    /// write about ten.
    /// </summary>
    private const int MaxScans = 50;

    /// <summary>
    /// A block of 8 x 8 takes at least one bit, and the finest component has one for every four blocks of the picture
    /// or more: a few hundred bytes must not cost a second.
    /// </summary>
    private const long MaxPixelsPerByte = 64 * 4 * 8;

    /// <summary>A file whose components come in several scans is held as coefficients until the last one.</summary>
    private const int CoefficientBytes = 2;

    private const byte Baseline = 0xC0;
    private const byte Extended = 0xC1;
    private const byte Progressive = 0xC2;

    private static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        (ImageHeader Picture, int Components, bool IsProgressive)? frame = null;
        Orientation orientation = Orientation.TopLeft;
        bool sawExif = false;
        JpegSegments segments = new(file);
        while (segments.MoveNext() && segments.Marker is not (JpegSegments.StartOfScan or JpegSegments.EndOfImage))
        {
            if (segments.IsFrame)
            {
                frame ??= ReadFrame(segments.Marker, segments.Payload);
            }
            else if (!sawExif && segments.Marker == JpegSegments.App1 && segments.Payload.StartsWith(ExifPrefix))
            {
                sawExif = true;
                orientation = TiffDirectory.ReadOrientation(segments.Payload[ExifPrefix.Length..]);
            }
        }

        if (frame is { } header)
        {
            bool isInterleaved = segments.Payload is [var inScan, ..] && inScan == header.Components;
            return header.Picture with
            {
                Orientation = orientation,
                WorkBytes = header.IsProgressive || !isInterleaved ? header.Components * CoefficientBytes : 0,
            };
        }

        throw ImageException.Truncated(ImageFormat.Jpeg, "no frame header before its first scan or its end");
    }

    /// <summary>Bytes after the end-of-image marker are allowed: more pictures, videos, padding.</summary>
    public static void CheckComplete(ReadOnlySpan<byte> file, ImageHeader header)
    {
        if ((long)header.Width * header.Height > file.Length * MaxPixelsPerByte)
        {
            throw ImageException.Truncated(
                ImageFormat.Jpeg, $"its {file.Length} bytes cannot hold {header.Width} x {header.Height} pixels");
        }

        int scans = 0;
        JpegSegments segments = new(file);
        while (segments.MoveNext())
        {
            if (segments.Marker == JpegSegments.EndOfImage)
            {
                if (scans == 0)
                {
                    throw ImageException.Truncated(ImageFormat.Jpeg, "it ends before its first scan");
                }

                return;
            }

            if (segments.Marker == JpegSegments.StartOfScan && ++scans > MaxScans)
            {
                throw ImageException.Unsupported(ImageFormat.Jpeg, $"it has more than {MaxScans} scans");
            }
        }

        throw ImageException.Truncated(ImageFormat.Jpeg, $"no end-of-image marker in its {file.Length} bytes");
    }

    private static (ImageHeader Picture, int Components, bool IsProgressive) ReadFrame(
        byte marker, ReadOnlySpan<byte> payload)
    {
        FileBytes bytes = new(payload, ImageFormat.Jpeg);
        int precision = bytes.U8(0);
        int components = bytes.U8(5);
        if (marker is not (Baseline or Extended or Progressive) || precision != 8 || components is not (1 or 3 or 4))
        {
            throw ImageException.Unsupported(
                ImageFormat.Jpeg,
                $"frame type SOF{marker - Baseline} with {precision} bits and {components} components " +
                "(read are baseline, extended and progressive Huffman, 8 bits, 1, 3 or 4 components)");
        }

        ImageHeader picture = new(ImageFormat.Jpeg, bytes.U16Big(3), bytes.U16Big(1), Orientation.TopLeft);
        return (picture, components, marker == Progressive);
    }
}
