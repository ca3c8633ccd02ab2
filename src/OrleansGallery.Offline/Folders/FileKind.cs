using System.Runtime.InteropServices;

namespace OrleansGallery.Offline;

/// <summary>
/// Tells regular files from pipes, sockets and devices, whose opening or reading may never end; .NET's own attributes
/// do not.
/// </summary>
internal static partial class FileKind
{
    // statx(2), the same on every processor: the mode is a u16 behind mask, block size, attributes, links, uid and gid.
    private const int BufferBytes = 256;
    private const int ModeOffset = 28;
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>
    /// Whether a path leads to a regular file, through links too. True also where that cannot be told: the system has
    /// no such call, or the file cannot be looked at, which opening it will say.
    /// </summary>
    public static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        Span<byte> status = stackalloc byte[BufferBytes];
        try
        {
            return Statx(CurrentFolder, path, 0, TypeOnly, status) != 0
                || (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeBits) == Regular;
        }
        catch (EntryPointNotFoundException)
        {
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);
}
