namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes files whose header, limits and completeness have been checked. One per library, and one for BMP.
/// </summary>
internal interface IPixelReader
{
    /// <summary>Appends every row of the first frame, as stored.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">What its header was found to say; a picture of another size is corrupt.</param>
    /// <param name="canvas">Where the rows go.</param>
    /// <exception cref="ImageException">The content cannot be decoded.</exception>
    void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas);
}
