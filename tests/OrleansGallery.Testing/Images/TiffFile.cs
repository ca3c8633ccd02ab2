using System.Buffers.Binary;

namespace OrleansGallery.Testing;

/// <summary>A small writer of TIFF files from tags, also of forged ones.</summary>
public static class TiffFile
{
    private const int EntryBytes = 12;
    private const int Header = 8;

    /// <summary>One page of one strip: the tags that every TIFF has, then others, which replace them.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Bits per sample.</param>
    /// <param name="colour">Tag 262: 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK.</param>
    /// <param name="samples">Samples per pixel.</param>
    /// <param name="strip">The strip as stored.</param>
    /// <param name="others">More tags.</param>
    /// <returns>The file, little-endian.</returns>
    public static byte[] Write(
        int width,
        int height,
        int bits,
        int colour,
        int samples,
        byte[] strip,
        params (ushort Tag, uint[] Values)[] others)
    {
        SortedDictionary<ushort, uint[]> tags = new()
        {
            [256] = [(uint)width],
            [257] = [(uint)height],
            [258] = [.. Enumerable.Repeat((uint)bits, samples)],
            [259] = [1],
            [262] = [(uint)colour],
            [273] = [0],
            [277] = [(uint)samples],
            [278] = [(uint)height],
            [279] = [(uint)strip.Length],
        };
        foreach ((ushort tag, uint[] values) in others)
        {
            tags[tag] = values;
        }

        return Write(tags, strip);
    }

    /// <summary>One page of any tags; strip and tile offsets count from the beginning of the data.</summary>
    /// <param name="tags">Each with its values, written as LONG.</param>
    /// <param name="data">What lies behind the tags.</param>
    /// <returns>The file, little-endian.</returns>
    public static byte[] Write(SortedDictionary<ushort, uint[]> tags, byte[] data)
    {
        int directory = 2 + tags.Count * EntryBytes + 4;
        int longValues = tags.Values.Sum(values => values.Length > 1 ? values.Length * 4 : 0);
        int dataStart = Header + directory + longValues;
        byte[] file = new byte[dataStart + data.Length];
        (file[0], file[1], file[2], file[4]) = ((byte)'I', (byte)'I', 42, Header);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Header), (ushort)tags.Count);
        (int entry, int next) = (Header + 2, Header + directory);
        foreach ((ushort tag, uint[] values) in tags)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(entry), tag);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(entry + 2), 4);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(entry + 4), values.Length);
            int at = values.Length > 1 ? next : entry + 8;
            next += values.Length > 1 ? values.Length * 4 : 0;
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(entry + 8), at);
            for (int i = 0; i < values.Length; i++)
            {
                uint value = tag is 273 or 324 ? values[i] + (uint)dataStart : values[i];
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + i * 4), value);
            }

            entry += EntryBytes;
        }

        data.CopyTo(file.AsSpan(dataStart));
        return file;
    }
}
