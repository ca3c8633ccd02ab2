namespace OrleansGallery.Imaging;

/// <summary>
/// The header of a portable anymap (netpbm): <c>P1</c> to <c>P6</c>, width, height and, but for bitmaps, the largest
/// sample, parted by white space and comments.
/// </summary>
internal readonly record struct PnmHeader
{
    private const int MaxSample = 65_535;

    /// <summary>1 to 3: samples as text, 4 to 6: as bytes; bitmap, grey, colour in turn.</summary>
    public required int Kind { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The sample that stands for full brightness.</summary>
    public required int MaxValue { get; init; }

    /// <summary>Where the samples begin.</summary>
    public required int DataOffset { get; init; }

    public bool IsText => Kind <= 3;

    public bool IsBitmap => Kind is 1 or 4;

    public int SamplesPerPixel => Kind is 3 or 6 ? PixelImage.Channels : 1;

    /// <summary>Bytes of a row of a file that is no text.</summary>
    public long Stride => IsBitmap
        ? ((long)Width + 7) / 8
        : (long)Width * SamplesPerPixel * (MaxValue > byte.MaxValue ? 2 : 1);

    /// <exception cref="ImageException">A number is missing or out of its range.</exception>
    public static PnmHeader Read(ReadOnlySpan<byte> file)
    {
        int kind = file[1] - '0';
        PnmTokens tokens = new(file, 2);
        int width = tokens.Next(int.MaxValue);
        int height = tokens.Next(int.MaxValue);
        int maxValue = kind is 1 or 4 ? 1 : tokens.Next(MaxSample);
        return maxValue > 0
            ? new PnmHeader
            {
                // One byte of white space ends the header.
                Kind = kind, Width = width, Height = height, MaxValue = maxValue, DataOffset = tokens.Offset + 1,
            }
            : throw ImageException.Corrupt(ImageFormat.Pnm, "its largest sample is 0");
    }

    public ImageHeader ToImageHeader() => new(ImageFormat.Pnm, Width, Height, Orientation.TopLeft);
}
