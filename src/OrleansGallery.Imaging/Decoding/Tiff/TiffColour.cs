namespace OrleansGallery.Imaging;

/// <summary>What samples mean: the values of tag 262 that are read.</summary>
internal enum TiffColour
{
    WhiteIsZero = 0,
    BlackIsZero = 1,
    Rgb = 2,
    Palette = 3,
    Cmyk = 5,
}
