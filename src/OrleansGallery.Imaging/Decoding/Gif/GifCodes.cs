namespace OrleansGallery.Imaging;

/// <summary>Codes of up to 12 bits, the lowest bit first, out of sub-blocks of up to 255 bytes.</summary>
internal ref struct GifCodes(FileBytes file, long offset)
{
    private readonly FileBytes _file = file;
    private long _next = offset;
    private int _leftInBlock;
    private int _buffer;
    private int _bits;

    /// <summary>The next code.</summary>
    /// <exception cref="ImageException">The data, or the file, end before it does.</exception>
    public int Next(int codeBits)
    {
        while (_bits < codeBits)
        {
            if (_leftInBlock == 0)
            {
                _leftInBlock = _file.U8(_next++);
                if (_leftInBlock == 0)
                {
                    throw ImageException.Truncated(ImageFormat.Gif, "its data end before its first frame is full");
                }
            }

            _buffer |= _file.U8(_next++) << _bits;
            _bits += 8;
            _leftInBlock--;
        }

        int code = _buffer & (1 << codeBits) - 1;
        _buffer >>= codeBits;
        _bits -= codeBits;
        return code;
    }
}
