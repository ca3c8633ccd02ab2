using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>A rectangle of an image, in pixels of that image or of a smaller edition of it.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Width">How many columns.</param>
/// <param name="Height">How many rows.</param>
internal readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>The same place after the image was turned upright, as decoded images are.</summary>
    /// <param name="header">What the image's file says; the box is in pixels as stored.</param>
    public PixelBox Upright(ImageHeader header)
    {
        int right = header.Width - Left - Width;
        int bottom = header.Height - Top - Height;
        return header.Orientation switch
        {
            Orientation.TopRight => this with { Left = right },
            Orientation.BottomRight => this with { Left = right, Top = bottom },
            Orientation.BottomLeft => this with { Top = bottom },
            Orientation.LeftTop => new PixelBox(Top, Left, Height, Width),
            Orientation.RightTop => new PixelBox(bottom, Left, Height, Width),
            Orientation.RightBottom => new PixelBox(bottom, right, Height, Width),
            Orientation.LeftBottom => new PixelBox(Top, right, Height, Width),
            _ => this,
        };
    }

    /// <summary>The same place in an image of another size.</summary>
    /// <param name="from">Width and height of the image that the box is of.</param>
    /// <param name="to">Width and height of the other one.</param>
    public PixelBox Scaled((int Width, int Height) from, (int Width, int Height) to) => from == to ? this : new(
        Along(Left, from.Width, to.Width), Along(Top, from.Height, to.Height),
        Along(Width, from.Width, to.Width), Along(Height, from.Height, to.Height));

    /// <summary>Cuts the box out, as far as it is within the image.</summary>
    /// <exception cref="InvalidDataException">No pixel of it is.</exception>
    public PixelImage CutFrom(PixelImage image)
    {
        const int pixel = PixelImage.Channels;
        int left = Math.Clamp(Left, 0, image.Width);
        int top = Math.Clamp(Top, 0, image.Height);
        int width = (int)Math.Clamp((long)Left + Width, left, image.Width) - left;
        int height = (int)Math.Clamp((long)Top + Height, top, image.Height) - top;
        if (width == 0 || height == 0)
        {
            throw new InvalidDataException(
                $"its box ({Left}, {Top}), {Width} x {Height}, has no pixel in {image.Width} x {image.Height}");
        }

        byte[] cut = new byte[width * height * pixel];
        for (int y = 0; y < height; y++)
        {
            image.Pixels.Span.Slice((((top + y) * image.Width) + left) * pixel, width * pixel)
                .CopyTo(cut.AsSpan(y * width * pixel));
        }

        return new PixelImage(width, height, cut);
    }

    private static int Along(int pixels, int from, int to) => (int)Math.Round(pixels * (double)to / from);
}
