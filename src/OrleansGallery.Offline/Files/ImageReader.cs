using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>
/// Images of a set as pixels of the input's size: read, decoded, turned, resized. What fits into the memory given for
/// it is kept. Safe for use by several threads.
/// </summary>
public sealed class ImageReader
{
    internal static readonly ImagingOptions Limits = new() { MaxBytes = 64 * 1024 * 1024 };

    private readonly ImageSet _set;
    private readonly int _height;
    private readonly int _width;
    private readonly ResizeFilter _filter;
    private readonly Fit _fit;
    private readonly IImageDecoder _decoder = ImageDecoders.Create(Limits);
    private readonly byte[]?[] _kept;
    private long _budget;

    /// <summary>Creates a reader.</summary>
    /// <param name="set">The images.</param>
    /// <param name="height">Rows wanted.</param>
    /// <param name="width">Columns wanted.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="cacheBytes">Memory for resized images; 0 for none.</param>
    /// <param name="fit">How images of another shape become the input. Default: stretched.</param>
    public ImageReader(
        ImageSet set, int height, int width, ResizeFilter filter, long cacheBytes, Fit fit = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        (_set, _height, _width, _filter, _fit, _budget) = (set, height, width, filter, fit, cacheBytes);
        _kept = new byte[]?[set.Images.Count];
    }

    /// <summary>Rows of an image.</summary>
    public int Height => _height;

    /// <summary>Columns of an image.</summary>
    public int Width => _width;

    /// <summary>Bytes of one image: rows x columns x 3.</summary>
    public int Length => _height * _width * PixelImage.Channels;

    /// <summary>Reads one image.</summary>
    /// <param name="place">Its place in the set.</param>
    /// <param name="destination">Exactly <see cref="Length"/> bytes.</param>
    /// <exception cref="ImageException">It is no image that can be decoded.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Read(int place, Span<byte> destination)
    {
        if (Volatile.Read(ref _kept[place]) is { } kept)
        {
            kept.CopyTo(destination);
            return;
        }

        DataImage image = _set.Images[place];
        PixelImage pixels = QuarterTurn.Apply(_decoder.Decode(_set.Files.Read(image.Path)), image.QuarterTurns);
        Fitter.Apply(pixels, _height, _width, _filter, _fit, destination);
        if (Interlocked.Read(ref _budget) >= Length && Interlocked.Add(ref _budget, -Length) >= 0)
        {
            Volatile.Write(ref _kept[place], destination.ToArray());
        }
    }

    /// <summary>Whether a failure is the image's, not the program's.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>True where the image is to be skipped.</returns>
    public static bool IsUnreadable(Exception exception) =>
        exception is ImageException or IOException or UnauthorizedAccessException or InvalidDataException;
}
