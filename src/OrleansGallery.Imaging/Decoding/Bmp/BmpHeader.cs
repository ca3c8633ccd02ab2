namespace OrleansGallery.Imaging;

/// <summary>Where a bitmap's parts are (Windows BITMAPINFOHEADER versions 2 to 5, OS/2 BITMAPCOREHEADER).</summary>
internal readonly record struct BmpHeader
{
    private const int FileHeader = 14;
    private const int CoreHeader = 12;
    private const int InfoHeader = 40;

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Rows are stored from the top; otherwise from the bottom, which is usual.</summary>
    public required bool TopDown { get; init; }

    public required int BitsPerPixel { get; init; }

    public required BmpCompression Compression { get; init; }

    public required int PaletteOffset { get; init; }

    public required int PaletteEntryBytes { get; init; }

    public required int PaletteEntries { get; init; }

    public required long PixelOffset { get; init; }

    /// <summary>Where the red, green and blue masks are; only with bit fields.</summary>
    public static int MasksOffset => FileHeader + InfoHeader;

    /// <summary>Whether the header has room for a mask of alpha, which Pillow heeds with bit fields only.</summary>
    public required bool HasAlphaMask { get; init; }

    public bool HasMasks => Compression is BmpCompression.BitFields or BmpCompression.AlphaBitFields;

    /// <summary>Bytes per stored row: a multiple of four.</summary>
    public long Stride => ((long)Width * BitsPerPixel + 31) / 32 * 4;

    public static ImageHeader ReadImage(ReadOnlySpan<byte> file)
    {
        BmpHeader bmp = Read(file);
        BmpMasks masks = BmpMasks.Read(new FileBytes(file, ImageFormat.Bmp), bmp);
        return new ImageHeader(ImageFormat.Bmp, bmp.Width, bmp.Height, Orientation.TopLeft)
        {
            MayBeTransparent = masks.Alpha != 0,
            WorkBytes = bmp.Compression is BmpCompression.Rle4 or BmpCompression.Rle8 ? 1 : 0, // its indices
        };
    }

    public static BmpHeader Read(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.Bmp);
        uint size = bytes.U32Little(FileHeader);
        if (size is not (CoreHeader or (>= 16 and <= 124)))
        {
            throw ImageException.Unsupported(ImageFormat.Bmp, $"an information header of {size} bytes");
        }

        BmpHeader header = size == CoreHeader ? ReadCore(bytes) : ReadInfo(bytes, (int)size);
        bool isKnown = (header.Compression, header.BitsPerPixel) switch
        {
            (BmpCompression.None, 1 or 4 or 8 or 16 or 24 or 32) => true,
            (BmpCompression.Rle8, 8) or (BmpCompression.Rle4, 4) => !header.TopDown,
            (BmpCompression.BitFields or BmpCompression.AlphaBitFields, 16 or 32) => size >= InfoHeader,
            _ => false,
        };
        return isKnown
            ? header
            : throw ImageException.Unsupported(
                ImageFormat.Bmp, $"{header.BitsPerPixel} bits with compression {(int)header.Compression}");
    }

    private static BmpHeader ReadCore(FileBytes bytes) => new()
    {
        Width = bytes.U16Little(FileHeader + 4),
        Height = bytes.U16Little(FileHeader + 6),
        TopDown = false,
        HasAlphaMask = false,
        BitsPerPixel = bytes.U16Little(FileHeader + 10),
        Compression = BmpCompression.None,
        PaletteOffset = FileHeader + CoreHeader,
        PaletteEntryBytes = 3,
        PaletteEntries = Entries(bytes.U16Little(FileHeader + 10), 0),
        PixelOffset = bytes.U32Little(10),
    };

    private static BmpHeader ReadInfo(FileBytes bytes, int size)
    {
        int height = (int)bytes.U32Little(FileHeader + 8);
        int bits = bytes.U16Little(FileHeader + 14);
        uint compression = Optional(bytes, size, 16);
        int masks = size != InfoHeader ? 0 : compression switch { 3 => 12, 6 => 16, _ => 0 };
        if (height == int.MinValue)
        {
            throw ImageException.Corrupt(ImageFormat.Bmp, $"its height is {height}");
        }

        return new BmpHeader
        {
            Width = (int)bytes.U32Little(FileHeader + 4),
            Height = Math.Abs(height),
            TopDown = height < 0,
            HasAlphaMask = compression == 6 || (compression == 3 && size >= 56),
            BitsPerPixel = bits,
            Compression = (BmpCompression)compression,
            PaletteOffset = FileHeader + size + masks,
            PaletteEntryBytes = 4,
            PaletteEntries = Entries(bits, Optional(bytes, size, 32)),
            PixelOffset = bytes.U32Little(10),
        };
    }

    /// <summary>OS/2 version 2 may stop after 16 bytes; what is left out is zero.</summary>
    private static uint Optional(FileBytes bytes, int size, int offset) =>
        offset + 4 <= size ? bytes.U32Little(FileHeader + offset) : 0;

    private static int Entries(int bits, uint used) =>
        bits > 8 ? 0 : used is 0 or > 256 ? 1 << bits : Math.Min((int)used, 1 << bits);
}
