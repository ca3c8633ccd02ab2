using System.Buffers;

namespace OrleansGallery.Imaging;

/// <summary>
/// Resizes as Pillow's 8-bit <c>Image.resize</c> does, to the last bit: columns first, rounded to bytes, then rows; a
/// side that does not change is left alone. The model was trained on pixels made so. The aspect ratio is not kept.
/// </summary>
public static class Resizer
{
    /// <summary>The longest side to resize to.</summary>
    public const int MaxSide = 65_535;

    /// <summary>Resizes into a new image.</summary>
    /// <param name="image">The source; returned itself where the size is the same.</param>
    /// <param name="height">Rows wanted, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="width">Pixels per row wanted, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>An image of exactly this size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side or the filter is out of its range.</exception>
    public static PixelImage Resize(PixelImage image, int height, int width, ResizeFilter filter)
    {
        ArgumentNullException.ThrowIfNull(image);
        CheckSide(height);
        CheckSide(width);
        if (image.Height == height && image.Width == width)
        {
            return image;
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(checked(height * width * PixelImage.Channels));
        Resize(image, height, width, filter, pixels);
        return new PixelImage(width, height, pixels);
    }

    /// <summary>Resizes into the caller's buffer; allocates nothing once these sizes have been seen.</summary>
    /// <param name="image">The source.</param>
    /// <param name="height">Rows wanted, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="width">Pixels per row wanted, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="destination">Exactly <c>height * width * 3</c> bytes, as in <see cref="PixelImage"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side or the filter is out of its range.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void Resize(PixelImage image, int height, int width, ResizeFilter filter, Span<byte> destination) =>
        Resize(image, height, width, filter, destination, BestLanes.Here);

    internal static void Resize(
        PixelImage image, int height, int width, ResizeFilter filter, Span<byte> destination, Lanes lanes)
    {
        ArgumentNullException.ThrowIfNull(image);
        CheckSide(height);
        CheckSide(width);
        if (destination.Length != (long)height * width * PixelImage.Channels)
        {
            throw new ArgumentException(
                $"{width} x {height} pixels take {(long)height * width * PixelImage.Channels} bytes, " +
                $"the destination has {destination.Length}.",
                nameof(destination));
        }

        ReadOnlySpan<byte> source = image.Pixels.Span;
        if (image.Width == width)
        {
            ResizeRows(source, image.Height, height, width, filter, destination, lanes);
            return;
        }

        ResampleWeights columns = WeightCache.Get(image.Width, width, filter);
        if (image.Height == height)
        {
            HorizontalPass.Run(source, height, columns, destination, lanes);
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(checked(image.Height * width * PixelImage.Channels));
        Span<byte> narrowed = rented.AsSpan(0, image.Height * width * PixelImage.Channels);
        HorizontalPass.Run(source, image.Height, columns, narrowed, lanes);
        ResizeRows(narrowed, image.Height, height, width, filter, destination, lanes);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Resizes, and makes nothing but a part of the result.</summary>
    /// <param name="image">The source.</param>
    /// <param name="window">The part; it lies within the whole.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="destination">Exactly the part's bytes.</param>
    internal static void Cut(PixelImage image, ResizeWindow window, ResizeFilter filter, Span<byte> destination)
    {
        CheckSide(window.Height);
        CheckSide(window.Width);
        ResampleWeights columns = WeightCache.Get(
            image.Width, window.FullWidth, filter, window.Left, window.Width);
        ResampleWeights rows = WeightCache.Get(image.Height, window.FullHeight, filter, window.Top, window.Height);
        byte[] rented = ArrayPool<byte>.Shared.Rent(checked(image.Height * window.Width * PixelImage.Channels));
        Span<byte> narrowed = rented.AsSpan(0, image.Height * window.Width * PixelImage.Channels);
        HorizontalPass.Run(image.Pixels.Span, image.Height, columns, narrowed, BestLanes.Here);
        VerticalPass.Run(narrowed, window.Width * PixelImage.Channels, rows, destination, BestLanes.Here);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void ResizeRows(
        ReadOnlySpan<byte> source,
        int inputs,
        int outputs,
        int width,
        ResizeFilter filter,
        Span<byte> destination,
        Lanes lanes)
    {
        if (inputs == outputs)
        {
            source.CopyTo(destination);
            return;
        }

        ResampleWeights rows = WeightCache.Get(inputs, outputs, filter);
        VerticalPass.Run(source, width * PixelImage.Channels, rows, destination, lanes);
    }

    private static void CheckSide(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, MaxSide);
    }
}
