namespace OrleansGallery.Imaging;

/// <summary>The <c>biCompression</c> values that are read.</summary>
internal enum BmpCompression
{
    /// <summary>Palette indices, or 5-5-5, 8-8-8 or 8-8-8-x colours.</summary>
    None = 0,

    /// <summary>Run lengths of 8-bit indices.</summary>
    Rle8 = 1,

    /// <summary>Run lengths of 4-bit indices.</summary>
    Rle4 = 2,

    /// <summary>Colours by three bit masks.</summary>
    BitFields = 3,

    /// <summary>Colours by four bit masks.</summary>
    AlphaBitFields = 6,
}
