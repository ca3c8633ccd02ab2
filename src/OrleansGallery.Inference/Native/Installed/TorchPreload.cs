using System.Runtime.InteropServices;

namespace OrleansGallery.Inference.Native;

/// <summary>
/// Loads an installed libtorch by full paths. What asks for one of its libraries by name afterwards gets the loaded
/// one, so that nobody has to set <c>LD_LIBRARY_PATH</c>.
/// </summary>
internal static class TorchPreload
{
    // Each only needs those before it.
    private static readonly string[] Libraries =
        ["libc10.so", TorchSearch.Library, "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>Loads it.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="load">Loads a library by its path; null, or why it does not load.</param>
    /// <exception cref="TorchRuntimeException">One of its libraries does not load.</exception>
    public static void Run(TorchInstallation installation, Func<string, string?>? load = null)
    {
        load ??= Load;
        bool companions = false;
        foreach (string path in Libraries.Select(name => Path.Combine(installation.Libraries, name)).Where(File.Exists))
        {
            string? failure = load(path);
            if (failure is not null && !companions)
            {
                // It names CUDA's libraries by itself in most installations; loading them all takes seconds.
                LoadCompanions(installation, load);
                (companions, failure) = (true, load(path));
            }

            if (failure is not null)
            {
                throw new TorchRuntimeException(
                    $"'{path}' does not load: {failure} Set Torch:Folder ({TorchOptions.FolderVariable}) to another "
                    + "libtorch, or install what is missing.");
            }
        }
    }

    // In whatever order they need each other: again and again, while that brings another one in.
    private static void LoadCompanions(TorchInstallation installation, Func<string, string?> load)
    {
        List<string> left =
            [.. installation.CudaLibraries.SelectMany(folder => Directory.EnumerateFiles(folder, "*.so*")).Order()];
        for (int before = left.Count + 1; left.Count > 0 && left.Count < before;)
        {
            before = left.Count;
            left.RemoveAll(path => load(path) is null);
        }
    }

    private static string? Load(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return exception.Message;
        }
    }
}
