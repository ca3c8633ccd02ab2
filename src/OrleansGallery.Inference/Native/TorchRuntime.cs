using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using OrleansGallery.Inference.Native;
using TorchSharp;

namespace OrleansGallery.Inference;

/// <summary>
/// Loads the native Torch library, also on systems whose libstdc++ is older than the one it was built against (Debian
/// 12, Ubuntu 22.04). Everything in this assembly that touches Torch comes through here first; code that uses
/// TorchSharp on its own calls <see cref="EnsureLoaded"/> before.
/// </summary>
public static class TorchRuntime
{
    private const string LibraryName = "LibTorchSharp";

    private static readonly Lazy<TorchInstallation?> Found = new(FindInstalled);
    private static readonly Lazy<string?> Prepared = new(Prepare);
    private static readonly Lazy<bool> Loaded = new(Load);
    private static TorchOptions s_options = TorchOptions.FromEnvironment();

    /// <summary>Loads the library once per process; later calls cost nothing.</summary>
    /// <exception cref="TorchRuntimeException">It cannot be loaded; the message says why and what to do.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    /// <summary>The libtorch that was installed apart from the program, or null: the program brings its own.</summary>
    /// <exception cref="TorchRuntimeException">It cannot be loaded; the message says why and what to do.</exception>
    public static TorchInstallation? Installed
    {
        get
        {
            EnsureLoaded();
            return Found.Value;
        }
    }

    /// <summary>Says which libtorch is wanted; without effect once it is loaded.</summary>
    /// <param name="options">The settings.</param>
    public static void Configure(TorchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        s_options = options;
    }

    /// <summary>
    /// How many threads one forward pass may use, in the whole process. Default: Torch's, the number of cores.
    /// </summary>
    public static int Threads
    {
        get
        {
            EnsureLoaded();
            return torch.get_num_threads();
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            EnsureLoaded();
            if (torch.get_num_threads() != value)
            {
                torch.set_num_threads(value);
            }
        }
    }

    /// <summary>The version of libtorch, for example <c>2.10.0.0</c>.</summary>
    public static string Version
    {
        get
        {
            EnsureLoaded();
            return torch.__version__;
        }
    }

    /// <summary>
    /// Stands by for code that reaches Torch without <see cref="EnsureLoaded"/>: asked only when the runtime's own
    /// search has failed, so it costs and changes nothing where none is needed.
    /// </summary>
#pragma warning disable CA2255 // One event subscription; a forgotten call would otherwise be a crash on older systems.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void StandBy()
    {
        AssemblyLoadContext context =
            AssemblyLoadContext.GetLoadContext(typeof(TorchRuntime).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += Resolve;
    }

    private static IntPtr Resolve(Assembly assembly, string name)
    {
        if (name != LibraryName || Prepared.Value is not { } library)
        {
            return IntPtr.Zero;
        }

        return NativeLibrary.TryLoad(library, out IntPtr handle) ? handle : IntPtr.Zero;
    }

    private static bool Load()
    {
        string? library = Prepared.Value;
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            if (Found.Value?.Cuda is not null)
            {
                // TorchSharp looks for devices in the libraries that it has loaded itself.
                torch.TryInitializeDeviceType(DeviceType.CUDA);
            }

            return true;
        }
        catch (Exception exception)
        {
            string why = library is null || NativeLibrary.TryLoad(library, out _)
                ? exception.Message
                : LoaderMessage(library);
            throw new TorchRuntimeException($"The native Torch library does not load: {why}", exception);
        }
    }

    // Null where the program's own libtorch is taken.
    private static TorchInstallation? FindInstalled()
    {
        bool linux = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        TorchOptions options = s_options;
        return linux && (options.Folder.Length > 0 || !LibraryFolder.HasTorch())
            ? TorchSearch.Find(options, Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            : null;
    }

    // Null where the system needs no cure. An installed libtorch is in the process before the first that asks for it.
    private static string? Prepare()
    {
        if (Found.Value is { } installed)
        {
            TorchPreload.Run(installed);
        }

        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return null;
        }

        if (!NativeLibrary.TryLoad("libstdc++.so.6", out IntPtr system))
        {
            throw new TorchRuntimeException(
                "libstdc++.so.6, which the native Torch library needs, is not installed (Debian, Ubuntu: apt-get "
                + "install libstdc++6).");
        }

        if (NativeLibrary.TryGetExport(system, LibraryPatch.NewSymbol, out _))
        {
            return null;
        }

        return PatchedLibrary.Prepare(LibraryFolder.FindTorchSharp(), AppContext.BaseDirectory, UserFolder);
    }

    private static string UserFolder()
    {
        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        try
        {
            return local.Length > 0
                ? Directory.CreateDirectory(Path.Combine(local, "OrleansGallery", "native")).FullName
                : TemporaryFolder();
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return TemporaryFolder();
        }
    }

    // Without a home that can be written, a fresh folder that only this user may enter: a guessable one could be
    // prepared by others. It goes with the process, not before: CUDA's parts are loaded from it when first needed.
    private static string TemporaryFolder()
    {
        string folder = Directory.CreateTempSubdirectory("orleans-gallery-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
            {
                // The system's own cleaning of temporary folders takes it.
            }
        };
        return folder;
    }

    private static string LoaderMessage(string library)
    {
        try
        {
            NativeLibrary.Load(library);
            return string.Empty;
        }
        catch (DllNotFoundException exception)
        {
            return exception.Message;
        }
    }
}
