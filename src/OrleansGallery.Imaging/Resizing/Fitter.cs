namespace OrleansGallery.Imaging;

/// <summary>
/// Makes a model's input of a picture of any shape, to the bits of what Python programs make with Pillow: cropping as
/// torchvision's <c>Resize</c> and <c>CenterCrop</c>, padding as Pillow's <c>ImageOps.pad</c>.
/// </summary>
public static class Fitter
{
    /// <summary>Makes a new image.</summary>
    /// <param name="image">The picture; returned itself where it is of this size and is not cropped.</param>
    /// <param name="height">Rows wanted, 1 to <see cref="Resizer.MaxSide"/>.</param>
    /// <param name="width">Pixels per row wanted, 1 to <see cref="Resizer.MaxSide"/>.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="fit">How the shapes are brought together.</param>
    /// <returns>An image of exactly this size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side, the filter or the fit is out of its range.</exception>
    public static PixelImage Apply(PixelImage image, int height, int width, ResizeFilter filter, Fit fit)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Height == height && image.Width == width && fit.Kind != FitKind.Crop)
        {
            return image;
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(checked(height * width * PixelImage.Channels));
        Apply(image, height, width, filter, fit, pixels);
        return new PixelImage(width, height, pixels);
    }

    /// <summary>Writes into the caller's buffer.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="height">Rows wanted, 1 to <see cref="Resizer.MaxSide"/>.</param>
    /// <param name="width">Pixels per row wanted, 1 to <see cref="Resizer.MaxSide"/>.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="fit">How the shapes are brought together.</param>
    /// <param name="destination">Exactly <c>height * width * 3</c> bytes, as in <see cref="PixelImage"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side, the filter or the fit is out of its range.</exception>
    public static void Apply(
        PixelImage image, int height, int width, ResizeFilter filter, Fit fit, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        switch (fit.Kind)
        {
            case FitKind.Stretch:
                Resizer.Resize(image, height, width, filter, destination);
                break;
            case FitKind.Crop:
                Resizer.Cut(image, Window(image, height, width, fit.For(height, width)), filter, destination);
                break;
            case FitKind.Pad:
                Pad(image, height, width, filter, destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fit), fit, "There are Stretch, Crop and Pad.");
        }
    }

    // The picture covers a frame of the input's shape with this shorter side, as closely as its own shape allows.
    private static ResizeWindow Window(PixelImage image, int height, int width, Fit fit)
    {
        int least = Math.Min(height, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(fit.ShorterSide, least, nameof(fit));
        long frameHeight = (long)Math.Round(height * (double)fit.ShorterSide / least);
        long frameWidth = (long)Math.Round(width * (double)fit.ShorterSide / least);
        bool wide = image.Width * frameHeight >= image.Height * frameWidth;
        long fullHeight = wide ? frameHeight : (long)(frameWidth * image.Height / (double)image.Width);
        long fullWidth = wide ? (long)(frameHeight * image.Width / (double)image.Height) : frameWidth;
        return new ResizeWindow(
            fullHeight, fullWidth, Centre(fullHeight - height), Centre(fullWidth - width), height, width);
    }

    private static void Pad(PixelImage image, int height, int width, ResizeFilter filter, Span<byte> destination)
    {
        (int innerHeight, int innerWidth) = Inner(image, height, width);
        if (innerHeight == height && innerWidth == width)
        {
            Resizer.Resize(image, height, width, filter, destination);
            return;
        }

        ReadOnlySpan<byte> inner = Resizer.Resize(image, innerHeight, innerWidth, filter).Pixels.Span;
        destination.Clear();
        int top = (int)Centre(height - innerHeight);
        int left = (int)Centre(width - innerWidth);
        for (int y = 0; y < innerHeight; y++)
        {
            inner.Slice(y * innerWidth * PixelImage.Channels, innerWidth * PixelImage.Channels)
                .CopyTo(destination[((((top + y) * width) + left) * PixelImage.Channels)..]);
        }
    }

    private static (int Height, int Width) Inner(PixelImage image, int height, int width)
    {
        double shape = image.Width / (double)image.Height;
        double wanted = width / (double)height;
        return shape > wanted ? (Side(image.Height / (double)image.Width * width), width)
            : shape < wanted ? (height, Side(shape * height))
            : (height, width);
    }

    // Where nothing would be left Pillow fails; a line is left here.
    private static int Side(double side) => Math.Max(1, (int)Math.Round(side));

    // Python rounds halves to even, as Math.Round does.
    private static long Centre(long room) => (long)Math.Round(room / 2.0);
}
