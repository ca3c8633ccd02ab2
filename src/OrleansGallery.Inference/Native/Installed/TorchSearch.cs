using System.Text.RegularExpressions;

namespace OrleansGallery.Inference.Native;

/// <summary>Finds an installed libtorch by its folder, and reads what it is without loading it.</summary>
internal static partial class TorchSearch
{
    /// <summary>The library by which a folder is known to hold libtorch.</summary>
    public const string Library = "libtorch_cpu.so";

    // TorchSharp's native half is made for the first; the second was tried on a GPU, and lacks no symbol.
    private static readonly string[] KnownVersions = ["2.10", "2.11"];

    /// <summary>Finds the libtorch to load.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="searchPath">The folders in which <c>python3</c> is looked for, as in <c>PATH</c>.</param>
    /// <returns>The installation.</returns>
    /// <exception cref="TorchRuntimeException">There is none, or one of an unknown version.</exception>
    public static TorchInstallation Find(TorchOptions options, string searchPath)
    {
        TorchInstallation found = options.Folder.Length > 0
            ? In(options.Folder) ?? throw new TorchRuntimeException(
                $"{TorchOptions.Section}:{nameof(TorchOptions.Folder)} is '{options.Folder}', but {Library} is "
                + "neither there nor in lib or torch/lib below it.")
            : OfPython(searchPath);
        if (!options.AnyVersion && !IsKnown(found.Version))
        {
            throw new TorchRuntimeException(
                $"The libtorch in '{found.Libraries}' is {found.Version ?? "of unknown version"}; known to work are "
                + $"{string.Join(" and ", KnownVersions)}. Install one of these (pip install 'torch==2.11.*'), or set "
                + $"Torch:AnyVersion ({TorchOptions.AnyVersionVariable}) to true to load it all the same.");
        }

        return found;
    }

    /// <summary>Reads the installation in a folder.</summary>
    /// <param name="folder">As of <see cref="TorchOptions.Folder"/>.</param>
    /// <returns>The installation, or null where there is none.</returns>
    public static TorchInstallation? In(string folder)
    {
        string? libraries = new[] { folder, Path.Combine(folder, "lib"), Path.Combine(folder, "torch", "lib") }
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, Library)));
        if (libraries is null)
        {
            return null;
        }

        libraries = Path.GetFullPath(libraries);
        string package = Path.GetDirectoryName(libraries)!;
        string about = TextOf(Path.Combine(package, "version.py"));
        string build = TextOf(Path.Combine(package, "build-version")).Trim();
        string? version = VersionPattern().Match(about) is { Success: true } match ? match.Groups[1].Value
            : build.Length > 0 ? build : null;
        return new TorchInstallation
        {
            Libraries = libraries,
            Version = version,
            Cuda = CudaPattern().Match(about) is { Success: true } cuda ? cuda.Groups[1].Value : CudaOf(libraries),
            CudaLibraries = CudaFolders(Path.Combine(package, "..", "nvidia")),
        };
    }

    private static TorchInstallation OfPython(string searchPath)
    {
        string package = PythonTorch.Find(searchPath);
        return In(package) ?? throw new TorchRuntimeException(
            $"python3 names '{package}' as its torch, but {Library} is not in lib below it. Install torch anew, or set "
            + $"Torch:Folder ({TorchOptions.FolderVariable}) to a folder that has it.");
    }

    private static bool IsKnown(string? version) => version is not null
        && KnownVersions.Any(known => version.StartsWith($"{known}.", StringComparison.Ordinal));

    // A libtorch without Python's files still has the library.
    private static string? CudaOf(string libraries) =>
        File.Exists(Path.Combine(libraries, "libtorch_cuda.so")) ? "of unknown version" : null;

    private static string[] CudaFolders(string root) => Directory.Exists(root)
        ? [.. Directory.EnumerateDirectories(root)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, "lib"))).Where(Directory.Exists).Order()]
        : [];

    private static string TextOf(string path) => File.Exists(path) ? File.ReadAllText(path) : string.Empty;

    [GeneratedRegex(@"^__version__(?:\s*:[^=]+)?\s*=\s*'([^']+)'", RegexOptions.Multiline)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^cuda(?:\s*:[^=]+)?\s*=\s*'([^']+)'", RegexOptions.Multiline)]
    private static partial Regex CudaPattern();
}
