namespace OrleansGallery.Imaging;

/// <summary>The first page's tags that say how its picture is stored (TIFF 6.0).</summary>
internal readonly record struct TiffLayout
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Bits { get; init; }

    public required int Samples { get; init; }

    public required TiffColour Colour { get; init; }

    public required TiffAlpha Alpha { get; init; }

    public required TiffCompression Compression { get; init; }

    public required bool IsBigEndian { get; init; }

    /// <summary>Each sample is the difference to the one on its left.</summary>
    public required bool HasDifferences { get; init; }

    /// <summary>The lowest bit of each byte comes first.</summary>
    public required bool IsBitReversed { get; init; }

    public required bool IsPlanar { get; init; }

    public required bool IsTiled { get; init; }

    /// <summary>A tile's width, or the picture's.</summary>
    public required int PieceWidth { get; init; }

    /// <summary>A tile's rows, or those of a strip.</summary>
    public required int PieceHeight { get; init; }

    public int Planes => IsPlanar ? Samples : 1;

    public int SamplesInPlane => IsPlanar ? 1 : Samples;

    public int RowBytes(int width) => (int)(((long)width * SamplesInPlane * Bits + 7) / 8);

    public static TiffLayout Read(TiffDirectory directory)
    {
        if (!directory.TryGet(TiffTag.Width, out uint width) || !directory.TryGet(TiffTag.Height, out uint height)
            || width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw ImageException.Corrupt(ImageFormat.Tiff, "its first page has no size");
        }

        TiffKinds.Check(directory);
        TiffColour colour = (TiffColour)directory.Get(TiffTag.Colour, (uint)TiffColour.WhiteIsZero);
        uint samples = directory.Get(TiffTag.Samples, 1);
        TiffCompression compression = (TiffCompression)directory.Get(TiffTag.Compression, 1);
        bool isTiled = directory.TryGet(TiffTag.TileWidth, out uint tileWidth);
        return new TiffLayout
        {
            Width = (int)width,
            Height = (int)height,
            Bits = (int)directory.Get(TiffTag.Bits, 1),
            Samples = (int)samples,
            Colour = colour,
            Alpha = ReadAlpha(directory, colour, samples),
            Compression = compression,
            IsBigEndian = directory.IsBigEndian,
            HasDifferences = compression is TiffCompression.Lzw or TiffCompression.Deflate or TiffCompression.OldDeflate
                && directory.Get(TiffTag.Predictor, 1) == 2,
            IsBitReversed = directory.Get(TiffTag.FillOrder, 1) == 2,
            IsPlanar = samples > 1 && directory.Get(TiffTag.Planes, 1) == 2,
            IsTiled = isTiled,
            PieceWidth = (int)(isTiled ? tileWidth : width),
            PieceHeight = (int)(isTiled
                ? directory.Get(TiffTag.TileHeight, 0)
                : Math.Min(height, directory.Get(TiffTag.RowsPerStrip, height))),
        };
    }

    public ImageHeader ToImageHeader(Orientation orientation) =>
        new(ImageFormat.Tiff, Width, Height, orientation)
        {
            MayBeTransparent = Alpha != TiffAlpha.None,
            WorkBytes = (Samples * Bits + 7) / 8,
        };

    /// <summary>Four samples of RGB that are not explained are taken for alpha, as Pillow does.</summary>
    private static TiffAlpha ReadAlpha(TiffDirectory directory, TiffColour colour, uint samples)
    {
        const uint unexplained = 999; // Corel Draw's.
        uint extra = directory.Get(TiffTag.ExtraSamples, colour == TiffColour.Rgb ? unexplained : 0);
        return (samples > TiffKinds.ColourSamples(colour), colour, extra) switch
        {
            (false, _, _) or (_, TiffColour.Cmyk, _) => TiffAlpha.None,
            (_, _, 1) => TiffAlpha.Associated,
            (_, _, 2) => TiffAlpha.Unassociated,
            (_, TiffColour.Rgb, unexplained) => TiffAlpha.Unassociated,
            _ => TiffAlpha.None,
        };
    }
}
