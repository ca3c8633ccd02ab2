using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>Walks the chunks of a WebP file, or those of one frame of an animation.</summary>
internal ref struct WebPChunks(ReadOnlySpan<byte> bytes, int first = WebPChunks.First)
{
    /// <summary>Where chunks begin in a file: behind RIFF, its size and WEBP.</summary>
    public const int First = 12;

    /// <summary>A chunk's type and size.</summary>
    public const int Header = 8;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _start;
    private long _next = first;

    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Header and content, without the byte that makes the size even.</summary>
    public readonly ReadOnlySpan<byte> Whole => _bytes.Slice(_start, Header + Content.Length);

    public readonly bool Is(ReadOnlySpan<byte> type) => _bytes[_start..].StartsWith(type);

    /// <summary>Goes to the next chunk; false at the end.</summary>
    /// <exception cref="ImageException">The chunk is longer than what is left.</exception>
    public bool MoveNext()
    {
        long start = _next;
        if (TryMoveNext())
        {
            return true;
        }

        return start + Header > _bytes.Length
            ? false
            : throw ImageException.Truncated(ImageFormat.WebP, $"its chunk at byte {start}", _next, _bytes.Length);
    }

    /// <summary>As <see cref="MoveNext"/>, but a chunk that is cut off is the end.</summary>
    public bool TryMoveNext()
    {
        if (_next + Header > _bytes.Length)
        {
            return false;
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[((int)_next + 4)..]);
        long end = _next + Header + size;
        if (end > _bytes.Length)
        {
            _next = end;
            return false;
        }

        _start = (int)_next;
        Content = _bytes.Slice(_start + Header, (int)size);
        _next = end + (end & 1);
        return true;
    }
}
