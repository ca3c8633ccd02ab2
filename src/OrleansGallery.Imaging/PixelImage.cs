namespace OrleansGallery.Imaging;

/// <summary>An upright image as pixels: interleaved 8-bit RGB, row after row from the top, without padding.</summary>
public sealed class PixelImage
{
    /// <summary>Bytes per pixel: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Wraps pixels without copying them; the caller must not change them afterwards.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Exactly <c>height * width * 3</c> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    /// <exception cref="ArgumentException">The number of bytes is another one.</exception>
    public PixelImage(int width, int height, ReadOnlyMemory<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != (long)width * height * Channels)
        {
            throw new ArgumentException(
                $"{width} x {height} pixels take {(long)width * height * Channels} bytes, not {pixels.Length}.",
                nameof(pixels));
        }

        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The bytes: pixel (x, y) has its red at <c>(y * Width + x) * 3</c>, then green and blue.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }
}
