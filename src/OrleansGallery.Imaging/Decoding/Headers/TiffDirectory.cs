using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>
/// The first directory of a TIFF structure, which is also what EXIF is. Nothing throws: what cannot be read is absent.
/// </summary>
internal readonly ref struct TiffDirectory
{
    private const int EntryBytes = 12;
    private readonly ReadOnlySpan<byte> _file;
    private readonly ReadOnlySpan<byte> _entries;
    private readonly bool _bigEndian;

    private TiffDirectory(ReadOnlySpan<byte> file, ReadOnlySpan<byte> entries, bool bigEndian)
    {
        _file = file;
        _entries = entries;
        _bigEndian = bigEndian;
    }

    public bool IsBigEndian => _bigEndian;

    /// <summary>The orientation in a TIFF structure; upright where it has none or a meaningless one.</summary>
    public static Orientation ReadOrientation(ReadOnlySpan<byte> tiff) =>
        TryOpen(tiff, out TiffDirectory directory)
        && directory.TryGet(TiffTag.Orientation, out uint value)
        && value is >= 1 and <= 8
            ? (Orientation)value
            : Orientation.TopLeft;

    /// <summary>Finds the first directory; false where the header or the directory is not wholly in the file.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> file, out TiffDirectory directory)
    {
        directory = default;
        bool bigEndian = file is [(byte)'M', (byte)'M', 0, 42, ..];
        if (file.Length < 8 || (!bigEndian && file is not [(byte)'I', (byte)'I', 42, 0, ..]))
        {
            return false;
        }

        long start = U32(file[4..], bigEndian);
        if (start + 2 > file.Length)
        {
            return false;
        }

        int bytes = U16(file[(int)start..], bigEndian) * EntryBytes;
        if (start + 2 + bytes > file.Length)
        {
            return false;
        }

        directory = new TiffDirectory(file, file.Slice((int)start + 2, bytes), bigEndian);
        return true;
    }

    /// <summary>The first value of a tag, if it is a SHORT or LONG.</summary>
    public bool TryGet(ushort tag, out uint value) => Find(tag).TryGet(0, out value);

    /// <summary>The first value of a tag, or what its absence stands for.</summary>
    public uint Get(ushort tag, uint absent) => TryGet(tag, out uint value) ? value : absent;

    /// <summary>The values of a tag; none where it is absent.</summary>
    public Values Find(ushort tag)
    {
        for (ReadOnlySpan<byte> entry = _entries; !entry.IsEmpty; entry = entry[EntryBytes..])
        {
            if (U16(entry, _bigEndian) == tag)
            {
                return new Values(_file, entry[..EntryBytes], _bigEndian);
            }
        }

        return default;
    }

    private static ushort U16(ReadOnlySpan<byte> at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    /// <summary>The SHORT or LONG values of one tag: up to four bytes are in the entry, more elsewhere.</summary>
    internal readonly ref struct Values
    {
        private readonly ReadOnlySpan<byte> _source;
        private readonly long _start;
        private readonly int _size;
        private readonly bool _bigEndian;

        public Values(ReadOnlySpan<byte> file, ReadOnlySpan<byte> entry, bool bigEndian)
        {
            _bigEndian = bigEndian;
            _size = U16(entry[2..], bigEndian) switch { 3 => 2, 4 => 4, _ => 0 };
            Count = U32(entry[4..], bigEndian);
            bool isInline = (long)Count * _size <= 4;
            _source = isInline ? entry[8..] : file;
            _start = isInline ? 0 : U32(entry[8..], bigEndian);
        }

        /// <summary>How many values the tag claims to have.</summary>
        public uint Count { get; }

        public bool TryGet(uint index, out uint value)
        {
            value = 0;
            long offset = _start + (long)index * _size;
            if (index >= Count || _size == 0 || offset + _size > _source.Length)
            {
                return false;
            }

            ReadOnlySpan<byte> at = _source[(int)offset..];
            value = _size == 2 ? U16(at, _bigEndian) : U32(at, _bigEndian);
            return true;
        }
    }
}
