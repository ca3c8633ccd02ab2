using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>Fetches strips or tiles: found, unpacked, and with differences added up.</summary>
internal ref struct TiffPieces
{
    /// <summary>
    /// Pieces may share data, as blank tiles do; but thousands of strips that all claim the whole file, and in it codes
    /// for nothing, would be read thousands of times.
    /// </summary>
    private const long MaxPackedBytes = 1 << 26;

    /// <summary>
    /// Tiles lie partly outside of the picture: where it is a little larger than they are, three quarters of them do.
    /// Of a picture of one row all but nothing of a tall tile is in it, and each would be unpacked.
    /// </summary>
    private const int MaxTimesThePicture = 4;
    private const long MaxBytesOutside = 1 << 26;

    private readonly FileBytes _file;
    private readonly TiffLayout _layout;
    private readonly TiffDirectory.Values _offsets;
    private readonly TiffDirectory.Values _counts;
    private byte[] _plain = [];
    private long _packedBytes;
    private long _plainBytes;

    public TiffPieces(ReadOnlySpan<byte> file, TiffDirectory directory, TiffLayout layout)
    {
        _file = new FileBytes(layout.IsBitReversed ? Reversed(file) : file, ImageFormat.Tiff);
        _layout = layout;
        _offsets = directory.Find(layout.IsTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
        _counts = directory.Find(layout.IsTiled ? TiffTag.TileBytes : TiffTag.StripBytes);
    }

    /// <summary>Puts a piece's rows where they belong, as far as they lie within the picture.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="rows">How many of its rows are within the picture.</param>
    /// <param name="destination">From the first sample on.</param>
    /// <param name="stride">Bytes from one row to the next there.</param>
    /// <param name="room">Bytes that are left in a row there.</param>
    public void Read(uint index, int rows, Span<byte> destination, int stride, int room)
    {
        int rowBytes = _layout.RowBytes(_layout.PieceWidth);
        int bytes = checked(rowBytes * (_layout.IsTiled ? _layout.PieceHeight : rows));
        CountPlain(bytes);
        if (_plain.Length < bytes)
        {
            _plain = GC.AllocateUninitializedArray<byte>(bytes);
        }

        TiffPacking.Unpack(_layout.Compression, Packed(index, bytes), _plain.AsSpan(0, bytes));
        for (int y = 0; y < rows; y++)
        {
            Span<byte> row = _plain.AsSpan(y * rowBytes, rowBytes);
            if (_layout.HasDifferences)
            {
                AddUp(row);
            }

            row[..Math.Min(rowBytes, room)].CopyTo(destination[(y * stride)..]);
        }
    }

    private void CountPlain(int bytes)
    {
        _plainBytes += bytes;
        long picture = (long)_layout.Planes * _layout.Height * _layout.RowBytes(_layout.Width);
        if (_plainBytes > picture * MaxTimesThePicture + MaxBytesOutside)
        {
            throw ImageException.Unsupported(
                ImageFormat.Tiff,
                $"tiles of {_layout.PieceWidth} x {_layout.PieceHeight} for {_layout.Width} x {_layout.Height} pixels");
        }
    }

    private ReadOnlySpan<byte> Packed(uint index, int bytes)
    {
        if (!_offsets.TryGet(index, out uint offset))
        {
            throw ImageException.Truncated(ImageFormat.Tiff, $"its strip or tile {index} is missing");
        }

        // Old files leave out the count: then what is not packed has its own size, and the rest ends by itself.
        ReadOnlySpan<byte> packed = _layout.Compression == TiffCompression.None
            ? _file.At(offset, bytes)
            : _counts.TryGet(index, out uint count) ? _file.At(offset, count) : _file.From(offset);
        _packedBytes += packed.Length;
        return _packedBytes <= MaxPackedBytes
            ? packed
            : throw ImageException.Corrupt(
                ImageFormat.Tiff, $"its strips or tiles claim more than {MaxPackedBytes} bytes of its {_file.Length}");
    }

    /// <summary>The bits of each byte from the other end.</summary>
    private static byte[] Reversed(ReadOnlySpan<byte> file)
    {
        byte[] reversed = new byte[file.Length];
        for (int i = 0; i < file.Length; i++)
        {
            // Copied five times into 64 bits, picked apart, and folded.
            reversed[i] = (byte)((file[i] * 0x80200802UL & 0x0884422110UL) * 0x0101010101UL >> 32);
        }

        return reversed;
    }

    private readonly void AddUp(Span<byte> row)
    {
        int samples = _layout.SamplesInPlane;
        if (_layout.Bits == 8)
        {
            for (int i = samples; i < row.Length; i++)
            {
                row[i] += row[i - samples];
            }

            return;
        }

        for (int i = 2 * samples; i + 1 < row.Length; i += 2)
        {
            Span<byte> value = row[i..];
            ReadOnlySpan<byte> left = row[(i - 2 * samples)..];
            if (_layout.IsBigEndian)
            {
                ushort sum = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value)
                    + BinaryPrimitives.ReadUInt16BigEndian(left));
                BinaryPrimitives.WriteUInt16BigEndian(value, sum);
            }
            else
            {
                ushort sum = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(value)
                    + BinaryPrimitives.ReadUInt16LittleEndian(left));
                BinaryPrimitives.WriteUInt16LittleEndian(value, sum);
            }
        }
    }
}
