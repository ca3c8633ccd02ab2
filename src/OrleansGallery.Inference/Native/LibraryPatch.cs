using System.Buffers.Binary;
using System.Text;

namespace OrleansGallery.Inference.Native;

/// <summary>
/// Makes TorchSharp's native library load with a libstdc++ older than GCC 13's. It asks for the version
/// <c>GLIBCXX_3.4.32</c> for one symbol only, an initialiser of iostreams that newer headers name in every file and
/// that libtorch, which brings its own, makes redundant. Three replacements of equal length turn that demand into one
/// for a harmless function of the same shape that libstdc++ has had since GCC 6.
/// </summary>
internal static class LibraryPatch
{
    /// <summary>The symbol that only the newer libstdc++ has.</summary>
    internal const string NewSymbol = "_ZSt21ios_base_library_initv";

    private const uint NewHash = 0x0297f842;
    private const uint OldHash = 0x0297f872;

    private static ReadOnlySpan<byte> NewName => "_ZSt21ios_base_library_initv"u8;

    private static ReadOnlySpan<byte> OldName => "_ZSt19uncaught_exceptionsv\0\0"u8;

    private static ReadOnlySpan<byte> NewVersion => "GLIBCXX_3.4.32"u8;

    private static ReadOnlySpan<byte> OldVersion => "GLIBCXX_3.4.22"u8;

    /// <summary>Replaces in place; changes nothing where the library does not ask for the newer version.</summary>
    /// <param name="library">The whole file.</param>
    /// <returns>Whether anything was changed.</returns>
    /// <exception cref="TorchRuntimeException">
    /// The library asks for the newer version in another way than the one this cure was made for.
    /// </exception>
    public static bool Apply(Span<byte> library)
    {
        ElfImage elf = new(library);
        List<(int HashOffset, int Index, int NameOffset)> versions = elf.NeededVersionEntries();
        int at = -1;
        for (int i = 0; i < versions.Count; i++)
        {
            if (elf.Text(versions[i].NameOffset).SequenceEqual(NewVersion))
            {
                Expect(at < 0, "more than one library is asked for GLIBCXX_3.4.32");
                at = i;
            }
        }

        if (at < 0)
        {
            return false;
        }

        (int hashOffset, int index, int versionOffset) = versions[at];
        Expect(
            BinaryPrimitives.ReadUInt32LittleEndian(library[hashOffset..]) == NewHash,
            "the hash of GLIBCXX_3.4.32 is not 0x0297f842");
        int nameOffset = OnlySymbolOf(elf, index);
        RefuseSharedText(elf, nameOffset, NewName.Length);
        Expect(
            versions.Count(v => v.NameOffset >= versionOffset && v.NameOffset < versionOffset + NewVersion.Length) == 1,
            "the text of GLIBCXX_3.4.32 is shared");

        OldName.CopyTo(library[nameOffset..]);
        OldVersion.CopyTo(library[versionOffset..]);
        BinaryPrimitives.WriteUInt32LittleEndian(library[hashOffset..], OldHash);
        return true;
    }

    private static int OnlySymbolOf(ElfImage elf, int version)
    {
        int found = -1;
        for (int i = 0; i < elf.SymbolCount; i++)
        {
            (int nameOffset, int symbolVersion, bool undefined) = elf.Symbol(i);
            if (symbolVersion != version)
            {
                continue;
            }

            ReadOnlySpan<byte> name = elf.Text(nameOffset);
            Expect(
                found < 0 && undefined && name.SequenceEqual(NewName),
                $"'{Encoding.UTF8.GetString(name)}' needs GLIBCXX_3.4.32 too");
            found = nameOffset;
        }

        Expect(found >= 0, "no symbol needs GLIBCXX_3.4.32");
        return found;
    }

    // Linkers may let one name be the tail of another one's text; then it must not be overwritten.
    private static void RefuseSharedText(ElfImage elf, int offset, int length)
    {
        int users = 0;
        for (int i = 0; i < elf.SymbolCount; i++)
        {
            int name = elf.Symbol(i).NameOffset;
            users += name >= offset && name < offset + length ? 1 : 0;
        }

        Expect(users == 1, $"the text of {NewSymbol} is shared");
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new TorchRuntimeException(
                $"TorchSharp's native library is not the one this cure was made for: {otherwise}. "
                + "Install a libstdc++ of GCC 13 or newer (Debian 13, Ubuntu 24.04).");
        }
    }
}
