using System.Buffers.Binary;

namespace OrleansGallery.Inference.Native;

/// <summary>
/// The parts of a 64-bit little-endian ELF shared library that name what it asks of other libraries: dynamic symbols,
/// their versions and the needed versions. All offsets are file offsets; every read is bounds-checked by the span.
/// </summary>
/// <remarks>Field offsets: System V ABI chapters 4 and 5, and the LSB's "Symbol Versioning".</remarks>
internal readonly ref struct ElfImage
{
    private const uint DynamicSymbols = 11;
    private const uint NeededVersions = 0x6ffffffe;
    private const uint SymbolVersions = 0x6fffffff;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Section _symbols;
    private readonly Section _strings;
    private readonly Section _symbolVersions;
    private readonly Section _neededVersions;

    /// <summary>Parses the section headers.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="TorchRuntimeException">The bytes are no such library.</exception>
    public ElfImage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 64 || !bytes.StartsWith("\u007fELF\u0002\u0001"u8))
        {
            throw new TorchRuntimeException("The file is no 64-bit little-endian ELF library.");
        }

        int headers = Offset(BinaryPrimitives.ReadUInt64LittleEndian(bytes[0x28..]));
        int count = U16(0x3c);
        for (int i = 0; i < count; i++)
        {
            int at = headers + (i * SectionHeaderSize);
            switch (U32(at + 4))
            {
                case DynamicSymbols:
                    _symbols = Read(at);
                    _strings = Read(headers + (_symbols.Link * SectionHeaderSize));
                    break;
                case SymbolVersions:
                    _symbolVersions = Read(at);
                    break;
                case NeededVersions:
                    _neededVersions = Read(at);
                    break;
            }
        }

        if (_symbols.Size == 0 || _symbolVersions.Size == 0 || _neededVersions.Size == 0)
        {
            throw new TorchRuntimeException("The library has no table of dynamic symbols or of needed versions.");
        }
    }

    /// <summary>How many dynamic symbols there are.</summary>
    public int SymbolCount => _symbols.Size / SymbolSize;

    /// <summary>One dynamic symbol.</summary>
    /// <param name="index">Its place in the table.</param>
    /// <returns>Where its name is, the index of the version it asks for, and whether another library must bring
    /// it.</returns>
    public (int NameOffset, int Version, bool Undefined) Symbol(int index)
    {
        int at = _symbols.Offset + (index * SymbolSize);
        int version = U16(_symbolVersions.Offset + (index * 2)) & 0x7fff;
        return (_strings.Offset + Offset(U32(at)), version, U16(at + 6) == 0);
    }

    /// <summary>The versions asked of other libraries.</summary>
    /// <returns>Where the entry's hash is, the index symbols name it by, and where its name is.</returns>
    public List<(int HashOffset, int Index, int NameOffset)> NeededVersionEntries()
    {
        List<(int, int, int)> entries = [];
        int library = _neededVersions.Offset;
        while (true)
        {
            int entry = library + Offset(U32(library + 8));
            for (int left = U16(library + 2); left > 0; left--)
            {
                entries.Add((entry, U16(entry + 6), _strings.Offset + Offset(U32(entry + 8))));
                entry += Offset(U32(entry + 12));
            }

            int next = Offset(U32(library + 12));
            if (next == 0)
            {
                return entries;
            }

            library += next;
        }
    }

    /// <summary>The zero-terminated string at a file offset.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <returns>Its bytes without the zero.</returns>
    public ReadOnlySpan<byte> Text(int offset)
    {
        ReadOnlySpan<byte> rest = _bytes[offset..];
        return rest[..rest.IndexOf((byte)0)];
    }

    private static int Offset(ulong value) =>
        value <= int.MaxValue ? (int)value : throw new TorchRuntimeException("The library's tables lie outside it.");

    private Section Read(int at) => new(
        Offset(BinaryPrimitives.ReadUInt64LittleEndian(_bytes[(at + 0x18)..])),
        Offset(BinaryPrimitives.ReadUInt64LittleEndian(_bytes[(at + 0x20)..])),
        Offset(U32(at + 0x28)));

    private ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[offset..]);

    private uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[offset..]);

    private readonly record struct Section(int Offset, int Size, int Link);
}
