namespace OrleansGallery.Imaging;

/// <summary>How strips and tiles are packed: the values of tag 259 that are read.</summary>
internal enum TiffCompression
{
    None = 1,
    Lzw = 5,
    Deflate = 8,
    OldDeflate = 32946,
    PackBits = 32773,
}
