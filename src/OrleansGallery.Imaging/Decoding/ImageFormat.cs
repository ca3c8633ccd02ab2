namespace OrleansGallery.Imaging;

/// <summary>The formats that are read, told apart by content.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, baseline or progressive, 8 bits; also the first picture of an MPO.</summary>
    Jpeg,

    /// <summary>PNG, 1 to 16 bits; the default picture of an animated one.</summary>
    Png,

    /// <summary>WebP, lossy or lossless.</summary>
    WebP,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>Windows or OS/2 bitmap.</summary>
    Bmp,

    /// <summary>TIFF, not BigTIFF.</summary>
    Tiff,

    /// <summary>Portable anymap: bitmap, grey or colour, as text or bytes (.pbm, .pgm, .ppm).</summary>
    Pnm,
}
