namespace OrleansGallery.Imaging;

/// <summary>The tags that are read.</summary>
internal static class TiffTag
{
    public const ushort Width = 256;
    public const ushort Height = 257;
    public const ushort Bits = 258;
    public const ushort Compression = 259;
    public const ushort Colour = 262;
    public const ushort FillOrder = 266;
    public const ushort StripOffsets = 273;
    public const ushort Orientation = 274;
    public const ushort Samples = 277;
    public const ushort RowsPerStrip = 278;
    public const ushort StripBytes = 279;
    public const ushort Planes = 284;
    public const ushort Predictor = 317;
    public const ushort ColourMap = 320;
    public const ushort TileWidth = 322;
    public const ushort TileHeight = 323;
    public const ushort TileOffsets = 324;
    public const ushort TileBytes = 325;
    public const ushort ExtraSamples = 338;
    public const ushort SampleFormat = 339;
}
