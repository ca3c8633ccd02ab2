using System.Buffers.Binary;
using System.Text;

namespace OrleansGallery.TorchTests.Native;

/// <summary>The smallest ELF library that asks for versions: four sections and nothing else.</summary>
internal static class SyntheticLibrary
{
    private const int Sections = 5;
    private const string OldVersion = "GLIBCXX_3.4.22";
    private const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Other = "other_symbol";

    public static byte[] Create(
        string version = "GLIBCXX_3.4.32", uint hash = 0x0297f842, bool secondSymbolNeedsIt = false)
    {
        string strings = $"\0libstdc++.so.6\0{Symbol}\0{version}\0{OldVersion}\0{Other}\0";
        int At(string text) => strings.IndexOf($"\0{text}\0", StringComparison.Ordinal) + 1;

        byte[] text = Encoding.ASCII.GetBytes(strings);
        byte[] symbols = new byte[3 * 24];
        U32(symbols, 24, At(Symbol));
        U32(symbols, 48, At(Other));
        byte[] symbolVersions = new byte[3 * 2];
        symbolVersions[2] = 2;
        symbolVersions[4] = (byte)(secondSymbolNeedsIt ? 2 : 3);

        byte[] needed = new byte[16 + 32];
        needed[0] = 1;
        needed[2] = 2;
        U32(needed, 4, At("libstdc++.so.6"));
        U32(needed, 8, 16);
        Needed(needed, 16, hash, 2, At(version), next: 16);
        Needed(needed, 32, 0x0297f872, 3, At(OldVersion), next: 0);
        return Assemble([(11, 2, symbols), (3, 0, text), (0x6fffffff, 1, symbolVersions), (0x6ffffffe, 2, needed)]);
    }

    private static byte[] Assemble((uint Type, int Link, byte[] Content)[] sections)
    {
        byte[] library = new byte[64 + (Sections * 64) + sections.Sum(section => section.Content.Length)];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(library);
        BinaryPrimitives.WriteUInt64LittleEndian(library.AsSpan(0x28), 64);
        library[0x3c] = Sections;
        int offset = 64 + (Sections * 64);
        for (int i = 0; i < sections.Length; i++)
        {
            (uint type, int link, byte[] content) = sections[i];
            Span<byte> header = library.AsSpan(64 + ((i + 1) * 64), 64);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(header[0x18..], (ulong)offset);
            BinaryPrimitives.WriteUInt64LittleEndian(header[0x20..], (ulong)content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header[0x28..], link);
            content.CopyTo(library, offset);
            offset += content.Length;
        }

        return library;
    }

    private static void Needed(byte[] table, int at, uint hash, byte index, int name, int next)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(at), hash);
        table[at + 6] = index;
        U32(table, at + 8, name);
        U32(table, at + 12, next);
    }

    private static void U32(byte[] table, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(at), value);
}
