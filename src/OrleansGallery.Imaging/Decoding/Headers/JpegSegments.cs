namespace OrleansGallery.Imaging;

/// <summary>
/// Walks the markers of a JPEG. Bytes between segments (entropy-coded data, or garbage) are skipped, as decoders do.
/// </summary>
internal ref struct JpegSegments(ReadOnlySpan<byte> file)
{
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte App1 = 0xE1;
    private const byte Temporary = 0x01;
    private const byte FirstRestart = 0xD0;
    private const byte LastRestart = 0xD7;

    private readonly ReadOnlySpan<byte> _file = file;
    private int _next = 2;

    /// <summary>Where the walk goes on: behind the segment, where a scan's data begin.</summary>
    public readonly int Next => _next;

    public byte Marker { get; private set; }

    /// <summary>The segment's bytes after its length; empty for a marker without a segment.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Whether this is a start of frame of any coding (SOF0 to SOF15).</summary>
    public readonly bool IsFrame => Marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Goes to the next marker; false at the end of the file.</summary>
    public bool MoveNext()
    {
        while (TryFindMarker())
        {
            if (Marker is Temporary or (>= FirstRestart and <= LastRestart))
            {
                continue;
            }

            if (Marker is StartOfImage or EndOfImage)
            {
                Payload = default;
                return true;
            }

            FileBytes bytes = new(_file, ImageFormat.Jpeg);
            int length = bytes.U16Big(_next);
            if (length < 2)
            {
                throw ImageException.Corrupt(
                    ImageFormat.Jpeg, $"segment {Marker:X2} at byte {_next} has length {length}");
            }

            Payload = bytes.At(_next + 2, length - 2);
            _next += length;
            return true;
        }

        return false;
    }

    private bool TryFindMarker()
    {
        while (_next < _file.Length)
        {
            int offset = _file[_next..].IndexOf((byte)0xFF);
            if (offset < 0)
            {
                break;
            }

            int code = _next + offset + 1;
            while (code < _file.Length && _file[code] == 0xFF)
            {
                code++;
            }

            if (code == _file.Length)
            {
                break;
            }

            _next = code + 1;
            if (_file[code] != 0)
            {
                Marker = _file[code];
                return true;
            }
        }

        _next = _file.Length;
        return false;
    }
}
