using System.Security.Cryptography;
using System.Text;

namespace OrleansGallery.Inference.Native;

/// <summary>
/// Brings a cured copy of TorchSharp's native library to disk: in the application's folder where that can be written,
/// in a folder of the user's otherwise. A library that another process has mapped is never written to: the new one gets
/// a file of its own and takes the name by a rename, so two processes may do this at once. It may go once Debian 12 and
/// Ubuntu 22.04, whose libstdc++ is older than GCC 13's, need no longer be served.
/// </summary>
internal static class PatchedLibrary
{
    /// <summary>Cures the library if it needs it.</summary>
    /// <param name="library">The application's copy.</param>
    /// <param name="applicationFolder">Only files below it are replaced, never a shared package folder's.</param>
    /// <param name="userFolder">Gives the root for the copy where the application's folder cannot be written.</param>
    /// <returns>The path of the library to load; it is <paramref name="library"/> where that could be
    /// replaced.</returns>
    /// <exception cref="TorchRuntimeException">The library is unknown, or no folder can be written.</exception>
    public static string Prepare(string library, string applicationFolder, Func<string> userFolder)
    {
        byte[] original = ReadAll(library);
        byte[] bytes = [.. original];
        if (!LibraryPatch.Apply(bytes))
        {
            return library;
        }

        string relative = Path.GetRelativePath(applicationFolder, library);
        bool ours = relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
        return (ours && TryReplace(library, bytes)) ? library : CopyToUser(library, original, bytes, userFolder);
    }

    /// <summary>Writes beside the file, then takes its name, modification time and mode.</summary>
    /// <param name="library">The file to replace.</param>
    /// <param name="bytes">Its new content.</param>
    /// <returns>False where the folder cannot be written.</returns>
    internal static bool TryReplace(string library, byte[] bytes)
    {
        string temporary = $"{library}.{Guid.NewGuid():N}.tmp";
        try
        {
            WriteThrough(temporary, bytes);
            if (File.Exists(library))
            {
                // The time stays, so that an incremental build does not copy the original over it again.
                File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(library));
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(temporary, File.GetUnixFileMode(library));
                }
            }

            File.Move(temporary, library, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            TryDelete(temporary);
            return false;
        }
    }

    // The library finds libtorch in its own folder ($ORIGIN), so the copy's folder links to all of its neighbours.
    private static string CopyToUser(string library, byte[] original, byte[] patched, Func<string> userFolder)
    {
        string source = Path.GetDirectoryName(Path.GetFullPath(library))!;
        byte[] key = SHA256.HashData([.. SHA256.HashData(original), .. Encoding.UTF8.GetBytes(source)]);
        string folder = "a folder of the user's";
        try
        {
            folder = Path.Combine(userFolder(), Convert.ToHexStringLower(key)[..16]);
            string copy = Path.Combine(folder, Path.GetFileName(library));
            Directory.CreateDirectory(folder);
            foreach (string neighbour in Directory.EnumerateFiles(source))
            {
                string link = Path.Combine(folder, Path.GetFileName(neighbour));
                if (link != copy && !File.Exists(link))
                {
                    TryLink(link, neighbour);
                }
            }

            if ((File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(patched))
                || TryReplace(copy, patched))
            {
                return copy;
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw Unwritable(library, folder, exception);
        }

        throw Unwritable(library, folder, null);
    }

    private static void TryLink(string link, string target)
    {
        try
        {
            File.CreateSymbolicLink(link, target);
        }
        catch (IOException) when (File.Exists(link))
        {
            // Another process was first.
        }
    }

    private static TorchRuntimeException Unwritable(string library, string folder, Exception? inner)
    {
        string message =
            $"This system's libstdc++ lacks GLIBCXX_3.4.32, which '{library}' asks for, and a cured copy could be "
            + $"written neither there nor in '{folder}'. Make one of the two writable, or install a libstdc++ of GCC "
            + "13 or newer (Debian 13, Ubuntu 24.04).";
        return inner is null ? new TorchRuntimeException(message) : new TorchRuntimeException(message, inner);
    }

    private static byte[] ReadAll(string library)
    {
        try
        {
            return File.ReadAllBytes(library);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new TorchRuntimeException($"'{library}' cannot be read: {exception.Message}", exception);
        }
    }

    private static void WriteThrough(string path, byte[] bytes)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // It was not created, or the folder became read-only meanwhile.
        }
    }
}
