namespace OrleansGallery.Imaging;

/// <summary>
/// Has the library decode the first frame and puts it on the canvas; around it the canvas is transparent, or black
/// where the file has no alpha (as Pillow shows it).
/// </summary>
internal sealed class WebPReader(IPixelReader library) : IPixelReader
{
    public int PixelBytes(ImageHeader header) => library.PixelBytes(header) + PixelImage.Channels;

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        WebPFrame frame = WebPFrame.Read(file.Span, header);
        if ((frame.Header.Width, frame.Header.Height) == (header.Width, header.Height))
        {
            library.Read(frame.File, header, canvas);
            return;
        }

        RgbCanvas picture = new(frame.Header, canvas.Transparency);
        library.Read(frame.File, frame.Header, picture);
        PixelImage pixels = picture.ToImage();
        Span<byte> ground = stackalloc byte[PixelImage.Channels];
        if (header.MayBeTransparent)
        {
            canvas.Transparency.Compose(stackalloc byte[4], ground);
        }

        for (int y = 0; y < header.Height; y++)
        {
            canvas.Append(1, new PlacedRow(frame, pixels, y, ground), static (rgb, row) => row.Write(rgb));
        }
    }

    private readonly ref struct PlacedRow(WebPFrame frame, PixelImage pixels, int y, ReadOnlySpan<byte> ground)
    {
        private readonly ReadOnlySpan<byte> _ground = ground;

        public void Write(Span<byte> rgb)
        {
            for (int i = 0; i < rgb.Length; i++)
            {
                rgb[i] = _ground[i % PixelImage.Channels];
            }

            int row = y - frame.Top;
            if (row >= 0 && row < pixels.Height)
            {
                int bytes = pixels.Width * PixelImage.Channels;
                pixels.Pixels.Span.Slice(row * bytes, bytes).CopyTo(rgb[(frame.Left * PixelImage.Channels)..]);
            }
        }
    }
}
