namespace OrleansGallery.Imaging;

/// <summary>TIFF: size and orientation of the first page, and that all of it is in the file (TIFF 6.0).</summary>
internal static class TiffHeader
{
    private const ushort WidthTag = 256;
    private const ushort HeightTag = 257;
    private const ushort StripOffsets = 273;
    private const ushort SamplesTag = 277;
    private const ushort StripBytes = 279;
    private const ushort TileWidthTag = 322;
    private const ushort TileHeightTag = 323;
    private const ushort TileOffsets = 324;
    private const ushort TileBytes = 325;

    /// <summary>Tags up to here say how the picture is stored; above are private ones and metadata.</summary>
    private const ushort LastPictureTag = 699;

    /// <summary>CMYK with alpha has five; a forged thousand would multiply the memory of one pixel.</summary>
    private const uint MaxSamples = 5;

    /// <summary>A tile is held whole and may be larger than the picture; usual are 256 x 256.</summary>
    private const ulong MaxTilePixels = 1 << 24;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        TiffDirectory directory = Open(file);
        if (!directory.TryGet(WidthTag, out uint width) || !directory.TryGet(HeightTag, out uint height)
            || width > int.MaxValue || height > int.MaxValue)
        {
            throw ImageException.Corrupt(ImageFormat.Tiff, "its first page has no size");
        }

        if (directory.TryGet(SamplesTag, out uint samples) && samples > MaxSamples)
        {
            throw ImageException.Unsupported(
                ImageFormat.Tiff, $"{samples} samples per pixel, at most {MaxSamples} are read");
        }

        if (directory.TryGet(TileWidthTag, out uint tileWidth) && directory.TryGet(TileHeightTag, out uint tileHeight)
            && (ulong)tileWidth * tileHeight > MaxTilePixels)
        {
            throw ImageException.Unsupported(
                ImageFormat.Tiff, $"tiles of {tileWidth} x {tileHeight}, at most {MaxTilePixels} pixels are read");
        }

        return new ImageHeader(ImageFormat.Tiff, (int)width, (int)height, TiffDirectory.ReadOrientation(file));
    }

    public static void CheckComplete(ReadOnlySpan<byte> file)
    {
        TiffDirectory directory = Open(file);
        if (directory.TryFindMissing(LastPictureTag, out ushort tag, out long end))
        {
            // Libraries go on without a colour map, for example, and show something else.
            throw ImageException.Truncated(ImageFormat.Tiff, $"tag {tag}", end, file.Length);
        }

        CheckPieces(file, directory.Find(StripOffsets), directory.Find(StripBytes));
        CheckPieces(file, directory.Find(TileOffsets), directory.Find(TileBytes));
    }

    private static TiffDirectory Open(ReadOnlySpan<byte> file)
    {
        if (file is [_, _, 43, ..] or [_, _, _, 43, ..])
        {
            throw ImageException.Unsupported(ImageFormat.Tiff, "BigTIFF");
        }

        return TiffDirectory.TryOpen(file, out TiffDirectory directory)
            ? directory
            : throw ImageException.Truncated(
                ImageFormat.Tiff, $"its first directory is not within its {file.Length} bytes");
    }

    private static void CheckPieces(
        ReadOnlySpan<byte> file, TiffDirectory.Values offsets, TiffDirectory.Values counts)
    {
        // A value is at least 2 bytes of the file, which bounds the loop whatever the count claims.
        for (uint i = 0; i < offsets.Count; i++)
        {
            if (!offsets.TryGet(i, out uint offset))
            {
                throw ImageException.Truncated(
                    ImageFormat.Tiff, $"it names {offsets.Count} strips or tiles, number {i} is missing");
            }

            // Without a count, which old files leave out, the library decides.
            if (counts.TryGet(i, out uint count) && (long)offset + count > file.Length)
            {
                throw ImageException.Truncated(
                    ImageFormat.Tiff, $"strip or tile {i}", (long)offset + count, file.Length);
            }
        }
    }
}
