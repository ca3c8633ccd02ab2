namespace OrleansGallery.Imaging;

/// <summary>Bits of a lossless WebP stream, the lowest of each byte first.</summary>
internal ref struct LosslessBits(ReadOnlySpan<byte> stream)
{
    private readonly ReadOnlySpan<byte> _stream = stream;
    private long _next;

    public readonly long Left => _stream.Length * 8L - _next;

    /// <exception cref="ImageException">The stream ends before them.</exception>
    public int Read(int count)
    {
        if (count > Left)
        {
            throw ImageException.Truncated(ImageFormat.WebP, "its lossless data end early");
        }

        int value = 0;
        for (int i = 0; i < count; i++, _next++)
        {
            value |= (_stream[(int)(_next >> 3)] >> (int)(_next & 7) & 1) << i;
        }

        return value;
    }
}
