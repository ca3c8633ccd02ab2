namespace OrleansGallery.Inference.Native;

/// <summary>Where the application's native libraries lie.</summary>
internal static class LibraryFolder
{
    /// <summary>The file name of TorchSharp's native half on Linux.</summary>
    public const string TorchSharpLibrary = "libLibTorchSharp.so";

    /// <summary>Finds the copy of the library that the runtime would load.</summary>
    /// <exception cref="TorchRuntimeException">There is none.</exception>
    public static string FindTorchSharp()
    {
        string[] folders = Candidates();
        return folders.Select(folder => Path.Combine(folder, TorchSharpLibrary)).FirstOrDefault(File.Exists)
            ?? throw new TorchRuntimeException(
                $"{TorchSharpLibrary} is in none of these folders: {string.Join(", ", folders)}. "
                + "The application must be built or published for linux-x64 with the TorchSharp package.");
    }

    /// <summary>Whether the application brings a libtorch.</summary>
    public static bool HasTorch() =>
        Candidates().Any(folder => File.Exists(Path.Combine(folder, TorchSearch.Library)));

    // In the runtime's order: the folders of the dependency file, then the application's own.
    private static string[] Candidates()
    {
        string fromHost = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty;
        return
        [
            .. fromHost.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"),
        ];
    }
}
