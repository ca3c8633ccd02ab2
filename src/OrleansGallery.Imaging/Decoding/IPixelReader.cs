namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes files whose header, limits and completeness have been checked. One per library, and own ones for BMP,
/// GIF, PNM and TIFF.
/// </summary>
internal interface IPixelReader
{
    /// <summary>
    /// How many bytes per pixel reading takes at most, beside the finished picture; counted before anything is decoded.
    /// </summary>
    int PixelBytes(ImageHeader header);

    /// <summary>Appends every row of the first frame, as stored.</summary>
    /// <param name="file">The whole file, or what is left of it without metadata.</param>
    /// <param name="header">What its header was found to say; a picture of another size is corrupt.</param>
    /// <param name="canvas">Where the rows go.</param>
    /// <exception cref="ImageException">The content cannot be decoded.</exception>
    void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas);
}
