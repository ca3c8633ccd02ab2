using System.Runtime.InteropServices;

namespace OrleansGallery.Inference.Native;

/// <summary>What NVIDIA's driver says of itself.</summary>
internal static class CudaDriver
{
    private delegate int GetVersion(out int version);

    /// <summary>Why Torch sees no CUDA device, in a sentence, and what to do.</summary>
    public static string WhyNone() => WhyNone(TorchRuntime.Installed, Version());

    /// <summary>Why there is none.</summary>
    /// <param name="installed">The libtorch that was installed apart; null: the program's own.</param>
    /// <param name="driver">The newest CUDA that the driver serves; null: there is no driver.</param>
    internal static string WhyNone(TorchInstallation? installed, Version? driver)
    {
        if (installed is { Cuda: null })
        {
            return $"the torch {installed.Version} in '{installed.Libraries}' is built without CUDA. Install one with "
                + "it, or name its folder by Torch:Folder.";
        }

        if (driver is null)
        {
            return "NVIDIA's driver (libcuda.so.1) is not installed, or not passed on to this container.";
        }

        if (installed?.Cuda is { } cuda && System.Version.TryParse(cuda, out Version? needed)
            && driver.Major < needed.Major)
        {
            return $"NVIDIA's driver is too old: it serves CUDA {driver}, and the torch {installed.Version} in "
                + $"'{installed.Libraries}' needs {cuda}. Install a newer driver, or an older torch.";
        }

        return installed is null
            ? "Torch sees no CUDA device. The program's own libtorch may be one for the CPU: build it with "
                + "-p:TorchBackend=system (the torch of a Python installation) or cuda, or set Torch:Folder."
            : $"NVIDIA's driver serves CUDA {driver} and shows no device; see nvidia-smi and CUDA_VISIBLE_DEVICES.";
    }

    /// <summary>The newest CUDA that the driver serves; null: there is no driver.</summary>
    public static Version? Version()
    {
        if (!NativeLibrary.TryLoad("libcuda.so.1", out IntPtr library)
            || !NativeLibrary.TryGetExport(library, "cuDriverGetVersion", out IntPtr address)
            || Marshal.GetDelegateForFunctionPointer<GetVersion>(address)(out int version) != 0)
        {
            return null;
        }

        // 13000 is 13.0, 12040 is 12.4.
        return new Version(version / 1000, version % 1000 / 10);
    }
}
