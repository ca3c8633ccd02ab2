namespace OrleansGallery.Imaging;

/// <summary>
/// The picture under construction: takes rows as stored, top to bottom, and puts each pixel where the orientation
/// wants it. An upright picture is written in place; another one passes through a band of a few rows.
/// </summary>
internal sealed class RgbCanvas(ImageHeader header, Transparency transparency)
{
    private const int Channels = PixelImage.Channels;
    private const int RgbaBytes = 4;
    private readonly ImageHeader _header = header;
    private byte[] _pixels = [];
    private byte[] _band = [];
    private byte[] _rgba = [];
    private int _rows;

    public Transparency Transparency { get; } = transparency;

    /// <summary>Whether a reader may leave alpha out: it is dropped, or there is none.</summary>
    public bool NeedsNoAlpha => Transparency.DropsAlpha || !_header.MayBeTransparent;

    /// <summary>
    /// As <see cref="Append"/>, for rows of red, green, blue and alpha, <c>rows * width * 4</c> bytes; alpha goes the
    /// way that the transparency says. Rows should be few: they are held twice.
    /// </summary>
    public void AppendRgba<TState>(int rows, TState state, SpanFiller<TState> fill)
        where TState : allows ref struct
    {
        int bytes = rows * _header.Width * RgbaBytes;
        if (_rgba.Length < bytes)
        {
            _rgba = GC.AllocateUninitializedArray<byte>(bytes);
        }

        Span<byte> rgba = _rgba.AsSpan(0, bytes);
        fill(rgba, state);
        Append(rows, (Canvas: this, Bytes: bytes), static (rgb, state) =>
            state.Canvas.Transparency.Compose(state.Canvas._rgba.AsSpan(0, state.Bytes), rgb));
    }

    /// <summary>Has <paramref name="fill"/> write the next rows as RGB, as stored.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="state">Passed on, so that no closure is allocated.</param>
    /// <param name="fill">Writes exactly <c>rows * width * 3</c> bytes.</param>
    public void Append<TState>(int rows, TState state, SpanFiller<TState> fill)
        where TState : allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _header.Height - _rows);
        if (_rows == 0)
        {
            // Not before the library has opened the file: most corrupt ones have failed by then.
            _pixels = GC.AllocateUninitializedArray<byte>(checked(_header.Width * _header.Height * Channels));
        }

        int bytes = rows * _header.Width * Channels;
        if (_header.Orientation == Orientation.TopLeft)
        {
            fill(_pixels.AsSpan(_rows * _header.Width * Channels, bytes), state);
        }
        else
        {
            if (_band.Length < bytes)
            {
                _band = GC.AllocateUninitializedArray<byte>(bytes);
            }

            fill(_band.AsSpan(0, bytes), state);
            Turn(_band, rows);
        }

        _rows += rows;
    }

    /// <summary>The finished picture.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public PixelImage ToImage() => _rows == _header.Height
        ? new PixelImage(_header.UprightWidth, _header.UprightHeight, _pixels)
        : throw new InvalidOperationException($"{_rows} of {_header.Height} rows were decoded.");

    private void Turn(ReadOnlySpan<byte> band, int rows)
    {
        int stride = _header.UprightWidth;
        int lastX = _header.Width - 1;
        int lastY = _header.Height - 1;
        // Upright pixel index of stored (0, 0), and the steps per stored column and row.
        (int start, int perColumn, int perRow) = _header.Orientation switch
        {
            Orientation.TopRight => (lastX, -1, stride),
            Orientation.BottomRight => (lastY * stride + lastX, -1, -stride),
            Orientation.BottomLeft => (lastY * stride, 1, -stride),
            Orientation.LeftTop => (0, stride, 1),
            Orientation.RightTop => (lastY, stride, -1),
            Orientation.RightBottom => (lastX * stride + lastY, -stride, -1),
            Orientation.LeftBottom => (lastX * stride, -stride, 1),
            _ => (0, 1, stride),
        };
        Span<byte> pixels = _pixels;
        int bandStride = _header.Width * Channels;
        start += _rows * perRow;
        // Column by column, so that a turned picture is written in runs as long as the band is high.
        for (int x = 0; x <= lastX; x++)
        {
            int from = x * Channels;
            int to = (start + x * perColumn) * Channels;
            for (int y = 0; y < rows; y++)
            {
                pixels[to] = band[from];
                pixels[to + 1] = band[from + 1];
                pixels[to + 2] = band[from + 2];
                from += bandStride;
                to += perRow * Channels;
            }
        }
    }
}
