namespace OrleansGallery.Imaging;

/// <summary>Image files to pixels. Safe for concurrent use; the calling thread does the work.</summary>
public interface IImageDecoder
{
    /// <summary>Checks the file's size, format and dimensions, without decoding pixels.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>What the file says about its first frame.</returns>
    /// <exception cref="ImageException">The file is refused; others <see cref="Decode"/> may refuse.</exception>
    ImageHeader Inspect(ReadOnlyMemory<byte> file);

    /// <summary>
    /// Decodes the first frame: upright (EXIF orientation applied), ICC profiles and gamma ignored, 16-bit samples cut
    /// to their high byte, CMYK as R = (255 - C)(255 - K) / 255; alpha as <paramref name="transparency"/> says. Where
    /// alpha is dropped that is Pillow's <c>convert("RGB")</c>, but for orientation, 16-bit grey (which Pillow clips to
    /// white) and JPEG: the default library enlarges halved chroma in its own way, so a few levels differ at edges of
    /// colour.
    /// </summary>
    /// <param name="file">The whole file; format by content.</param>
    /// <param name="transparency">What becomes of alpha; composed on white by default.</param>
    /// <returns>All of the pixels, never some of them.</returns>
    /// <exception cref="ImageException">
    /// The file is empty, over a limit of <see cref="ImagingOptions"/>, unknown, unsupported, truncated or corrupt.
    /// </exception>
    PixelImage Decode(ReadOnlyMemory<byte> file, Transparency transparency = default);
}
