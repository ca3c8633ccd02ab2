using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Native;

namespace OrleansGallery.TorchTests.Native;

public sealed class LibraryPatchTests
{
    [Fact]
    public void Apply_OldDemand_ReplacesThreePlacesOnly()
    {
        byte[] library = SyntheticLibrary.Create();
        byte[] patched = [.. library];
        Assert.True(LibraryPatch.Apply(patched));

        Assert.Equal(library.Length, patched.Length);
        Assert.Equal(0, Count(patched, "GLIBCXX_3.4.32\0"u8));
        Assert.Equal(2, Count(patched, "GLIBCXX_3.4.22\0"u8));
        Assert.Equal(0, Count(patched, "_ZSt21ios_base_library_initv\0"u8));
        Assert.Equal(1, Count(patched, "_ZSt19uncaught_exceptionsv\0\0\0"u8));
        Assert.Equal(0, Count(patched, Hash(0x0297f842)));
        Assert.Equal(2, Count(patched, Hash(0x0297f872)));
        // The name, two digits of the version and a byte of the hash; nothing else.
        int changed = library.Zip(patched).Count(pair => pair.First != pair.Second);
        Assert.InRange(changed, 3, 28 + 1 + 1);
    }

    [Fact]
    public void Apply_Twice_ChangesNothingMore()
    {
        byte[] library = SyntheticLibrary.Create();
        Assert.True(LibraryPatch.Apply(library));
        byte[] once = [.. library];
        Assert.False(LibraryPatch.Apply(library));
        Assert.Equal(once, library);
    }

    [Fact]
    public void Apply_NoDemand_ChangesNothing()
    {
        byte[] library = SyntheticLibrary.Create(version: "GLIBCXX_3.4.30");
        byte[] before = [.. library];
        Assert.False(LibraryPatch.Apply(library));
        Assert.Equal(before, library);
    }

    [Fact]
    public void Apply_AnotherSymbolNeedsIt_Refuses()
    {
        byte[] library = SyntheticLibrary.Create(secondSymbolNeedsIt: true);
        byte[] before = [.. library];
        TorchRuntimeException e = Assert.Throws<TorchRuntimeException>(() => LibraryPatch.Apply(library));
        Assert.Contains("other_symbol", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, library);
    }

    [Fact]
    public void Apply_UnknownHash_Refuses()
    {
        byte[] library = SyntheticLibrary.Create(hash: 0x12345678);
        Assert.Throws<TorchRuntimeException>(() => LibraryPatch.Apply(library));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#!/bin/sh")]
    [InlineData("\u007fELF\u0001\u0001 a library of 32 bits, padded to the length of a header, 64 bytes")]
    public void Apply_NoLibrary_Refuses(string content)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(content);
        Assert.Throws<TorchRuntimeException>(() => LibraryPatch.Apply(bytes));
    }

    [Fact]
    public void Apply_TheApplicationsLibrary_IsKnown()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "Linux only.");
        byte[] library = File.ReadAllBytes(LibraryFolder.FindTorchSharp());
        // Patched at start where this system needs it, original elsewhere: after one call no demand is left.
        LibraryPatch.Apply(library);
        Assert.False(LibraryPatch.Apply(library));
        Assert.Equal(1, Count(library, "\0_ZSt19uncaught_exceptionsv\0"u8));
    }

    private static byte[] Hash(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> pattern)
    {
        int count = 0;
        for (int at = bytes.IndexOf(pattern); at >= 0; at = bytes.IndexOf(pattern))
        {
            count++;
            bytes = bytes[(at + 1)..];
        }

        return count;
    }
}
