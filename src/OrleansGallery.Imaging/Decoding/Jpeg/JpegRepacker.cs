namespace OrleansGallery.Imaging;

/// <summary>
/// Writes a JPEG anew without metadata, thumbnails, fill bytes and whatever lies between its segments or behind its
/// end: ImageSharp refuses fill bytes, and nothing but the picture needs to be parsed by a library.
/// </summary>
internal static class JpegRepacker
{
    private const byte HuffmanTables = 0xC4;
    private const byte QuantisationTables = 0xDB;
    private const byte RestartInterval = 0xDD;
    private const byte App0 = 0xE0;
    private const byte App14 = 0xEE;

    /// <summary>Up to here of JFIF's segment: behind it is a thumbnail.</summary>
    private const int JfifBytes = 14;

    public static ReadOnlyMemory<byte> Repack(ReadOnlySpan<byte> file)
    {
        byte[] packed = GC.AllocateUninitializedArray<byte>(file.Length);
        (packed[0], packed[1]) = (0xFF, JpegSegments.StartOfImage);
        int end = 2;
        bool hasFrame = false;
        JpegSegments segments = new(file);
        while (segments.MoveNext() && segments.Marker != JpegSegments.StartOfScan)
        {
            bool isKept = segments.IsFrame ? !hasFrame : IsPicture(segments);
            hasFrame |= segments.IsFrame;
            if (isKept)
            {
                end += Write(packed.AsSpan(end), segments.Marker, segments.Payload);
            }
        }

        end += Write(packed.AsSpan(end), segments.Marker, segments.Payload);
        int data = segments.Next;
        while (segments.Marker != JpegSegments.EndOfImage && segments.MoveNext())
        {
            // Entropy-coded data and later scans stay as they are.
        }

        ReadOnlySpan<byte> rest = file[data..segments.Next];
        rest.CopyTo(packed.AsSpan(end));
        return packed.AsMemory(0, end + rest.Length);
    }

    private static bool IsPicture(JpegSegments segments) => segments.Marker switch
    {
        HuffmanTables or QuantisationTables or RestartInterval => true,
        // They say whether the colours are RGB, YCbCr or inverted CMYK.
        App0 => segments.Payload.StartsWith("JFIF\0"u8) && segments.Payload.Length >= JfifBytes,
        App14 => segments.Payload.StartsWith("Adobe"u8),
        _ => false,
    };

    private static int Write(Span<byte> packed, byte marker, ReadOnlySpan<byte> payload)
    {
        payload = marker == App0 ? payload[..JfifBytes] : payload;
        int length = payload.Length + 2;
        (packed[0], packed[1], packed[2], packed[3]) = (0xFF, marker, (byte)(length >> 8), (byte)length);
        payload.CopyTo(packed[4..]);
        if (marker == App0)
        {
            packed.Slice(length, 2).Clear(); // The thumbnail's size.
        }

        return length + 2;
    }
}
