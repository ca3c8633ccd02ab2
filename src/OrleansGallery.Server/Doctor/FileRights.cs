using System.Runtime.InteropServices;

namespace OrleansGallery.Server;

/// <summary>What this process's user may do with what is there, found out without doing it.</summary>
internal static partial class FileRights
{
    private const int Enter = 1;
    private const int Write = 2;
    private const int Read = 4;

    /// <summary>Whether a file may be read and written, or files made in a folder. Of Windows nothing is known: true.
    /// </summary>
    public static bool AllowWriting(string path) => Allow(path, Directory.Exists(path) ? Enter | Write : Read | Write);

    /// <summary>Whether anybody on this machine may read a file.</summary>
    public static bool AllowAnybody(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) != 0;

    private static bool Allow(string path, int wanted) => OperatingSystem.IsWindows() || Access(path, wanted) == 0;

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
