namespace OrleansGallery.Imaging;

/// <summary>Which kinds of TIFF are read; each other one is named as not supported, never as corrupt.</summary>
internal static class TiffKinds
{
    /// <summary>A tile is held whole and may be larger than the picture; usual are 256 x 256.</summary>
    private const ulong MaxTilePixels = 1 << 22;

    /// <summary>CMYK with two more; a forged thousand would multiply the memory of one pixel.</summary>
    private const uint MaxSamples = 6;

    /// <summary>Samples that a colour takes.</summary>
    public static int ColourSamples(TiffColour colour) =>
        colour switch { TiffColour.Rgb => 3, TiffColour.Cmyk => 4, _ => 1 };

    public static void Check(TiffDirectory directory)
    {
        uint compression = directory.Get(TiffTag.Compression, 1);
        Require(Enum.IsDefined((TiffCompression)compression), $"compression {compression}{NameOf(compression)}");
        uint colour = directory.Get(TiffTag.Colour, (uint)TiffColour.WhiteIsZero);
        Require(Enum.IsDefined((TiffColour)colour), $"colours of kind {colour}{ColourName(colour)}");
        uint samples = directory.Get(TiffTag.Samples, 1);
        Require(
            samples >= ColourSamples((TiffColour)colour) && samples <= MaxSamples,
            $"{samples} samples per pixel for {(TiffColour)colour}");
        uint format = directory.Get(TiffTag.SampleFormat, 1);
        Require(format == 1, $"samples of format {format}, which are no whole numbers from 0 on");
        uint predictor = directory.Get(TiffTag.Predictor, 1);
        Require(predictor is 1 or 2, $"predictor {predictor}");
        CheckBits(directory, (TiffColour)colour, samples, predictor == 2);
        CheckTiles(directory);
    }

    private static void CheckBits(TiffDirectory directory, TiffColour colour, uint samples, bool hasDifferences)
    {
        uint bits = directory.Get(TiffTag.Bits, 1);
        bool isRead = (colour, bits) switch
        {
            (TiffColour.Palette, 8) => true,
            (not TiffColour.Palette, 8 or 16) => true,
            (TiffColour.Palette or TiffColour.BlackIsZero or TiffColour.WhiteIsZero, 1 or 2 or 4) =>
                samples == 1 && !hasDifferences,
            _ => false,
        };
        Require(isRead, $"{colour} in {samples} samples of {bits} bits");
        TiffDirectory.Values values = directory.Find(TiffTag.Bits);
        for (uint i = 1; i < samples; i++)
        {
            Require(!values.TryGet(i, out uint other) || other == bits, $"samples of {bits} and of {other} bits");
        }
    }

    private static void CheckTiles(TiffDirectory directory)
    {
        if (directory.TryGet(TiffTag.TileWidth, out uint width))
        {
            uint height = directory.Get(TiffTag.TileHeight, 0);
            bool isRead = width > 0 && height > 0 && width % 16 == 0 && (ulong)width * height <= MaxTilePixels;
            Require(isRead, $"tiles of {width} x {height} (read are multiples of 16 up to {MaxTilePixels} pixels)");
        }
        else if (directory.TryGet(TiffTag.RowsPerStrip, out uint rows) && rows == 0)
        {
            throw ImageException.Corrupt(ImageFormat.Tiff, "its strips have no rows");
        }
    }

    private static string NameOf(uint compression) => compression switch
    {
        2 or 3 or 4 => " (CCITT fax)",
        6 or 7 => " (JPEG)",
        34925 => " (LZMA)",
        50000 => " (ZSTD)",
        50001 => " (WebP)",
        _ => "",
    };

    private static string ColourName(uint colour) => colour switch
    {
        4 => " (mask)",
        6 => " (YCbCr)",
        8 or 9 or 10 => " (Lab)",
        _ => "",
    };

    private static void Require(bool isRead, string otherwise)
    {
        if (!isRead)
        {
            throw ImageException.Unsupported(ImageFormat.Tiff, otherwise);
        }
    }
}
