using System.Runtime.InteropServices;
using OrleansGallery.Inference;
using TorchSharp;

namespace OrleansGallery.Training;

/// <summary>
/// Lets Torch run convolutions and matrix products in bfloat16 until disposed. TorchSharp has no such switch, so
/// libtorch's own functions are called under the names that its compilers gave them.
/// </summary>
internal sealed partial class Autocast : IDisposable
{
    private const string Library = "libtorch_cpu.so";
    private const sbyte BFloat16 = 15;

    private readonly sbyte _device;

    private Autocast(DeviceType device) => _device = (sbyte)device;

    /// <summary>Begins, on this thread.</summary>
    /// <exception cref="PlatformNotSupportedException">Not on Linux, where these names are unknown.</exception>
    public static Autocast Enter(DeviceType device)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "Mixed precision works on Linux only; set runtime.mixedPrecision to never.");
        }

        TorchRuntime.EnsureLoaded();
        Autocast scope = new(device);
        SetDataType(scope._device, BFloat16);
        SetEnabled(scope._device, 1);
        _ = IncrementNesting();
        return scope;
    }

    /// <summary>Ends it; weights cast meanwhile are dropped.</summary>
    public void Dispose()
    {
        if (DecrementNesting() == 0)
        {
            ClearCache();
        }

        SetEnabled(_device, 0);
    }

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb")]
    private static partial void SetEnabled(sbyte device, byte enabled);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE")]
    private static partial void SetDataType(sbyte device, sbyte type);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast17increment_nestingEv")]
    private static partial int IncrementNesting();

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast17decrement_nestingEv")]
    private static partial int DecrementNesting();

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast11clear_cacheEv")]
    private static partial void ClearCache();
}
