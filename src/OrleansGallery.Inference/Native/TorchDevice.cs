using System.Globalization;
using OrleansGallery.Inference.Native;
using TorchSharp;

namespace OrleansGallery.Inference;

/// <summary>Where a network runs.</summary>
public static class TorchDevice
{
    /// <summary>Names the first CUDA device, or the CPU where there is none.</summary>
    public const string Auto = "auto";

    /// <summary>Names the CPU.</summary>
    public const string Cpu = "cpu";

    private const string Cuda = "cuda";

    /// <summary>How many CUDA devices can be used; 0 where Torch is one for the CPU.</summary>
    public static int CudaDevices
    {
        get
        {
            TorchRuntime.EnsureLoaded();
            return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        }
    }

    /// <summary>Why there is no CUDA device, in a sentence; only where there is none.</summary>
    public static string WhyNoCuda => CudaDriver.WhyNone();

    /// <summary>Finds a device.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>.</param>
    /// <returns>The device.</returns>
    /// <exception cref="TorchRuntimeException">It is none of these, or not available.</exception>
    public static torch.Device Of(string name) => torch.device(NameOf(name));

    /// <summary>What a device is called once it is known which.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>.</param>
    /// <returns><c>cpu</c>, or <c>cuda:</c> and a number.</returns>
    /// <exception cref="TorchRuntimeException">It is none of these, or not available.</exception>
    public static string NameOf(string name) => NameOf(name, () => CudaDevices);

    /// <summary>Takes a list of devices apart.</summary>
    /// <param name="names">One device, or several CUDA devices separated by commas.</param>
    /// <returns>The devices as <see cref="NameOf(string)"/> names them.</returns>
    /// <exception cref="TorchRuntimeException">One is no device or not available, or the CPU is among several.
    /// </exception>
    public static IReadOnlyList<string> List(string names) => List(names, () => CudaDevices);

    /// <summary>Whether a text can name devices, on whatever machine.</summary>
    /// <param name="names">One device, or several CUDA devices separated by commas.</param>
    /// <returns>Null where it can; otherwise what is wrong.</returns>
    public static string? Fault(string names)
    {
        try
        {
            List(names, () => int.MaxValue);
            return null;
        }
        catch (TorchRuntimeException exception)
        {
            return exception.Message;
        }
    }

    internal static IReadOnlyList<string> List(string names, Func<int> devices)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] list = [.. names.Split(',', StringSplitOptions.TrimEntries).Select(name => NameOf(name, devices))];
        return list.Length == 1 || (!list.Contains(Cpu) && list.Distinct().Count() == list.Length)
            ? list
            : throw new TorchRuntimeException(
                $"'{names}' is no list of devices: only different CUDA devices go together, as in cuda:0,cuda:1.");
    }

    internal static string NameOf(string name, Func<int> devices)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == Cpu)
        {
            return Cpu;
        }

        if (name == Auto)
        {
            return devices() > 0 ? $"{Cuda}:0" : Cpu;
        }

        int number = 0;
        if (name != Cuda && !(name.StartsWith($"{Cuda}:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out number)))
        {
            throw new TorchRuntimeException($"'{name}' is no device; auto, cpu, cuda and cuda:1 are.");
        }

        int count = devices();
        return number < count
            ? string.Create(CultureInfo.InvariantCulture, $"{Cuda}:{number}")
            : throw new TorchRuntimeException(count == 0
                ? $"Device '{name}' is not available: {CudaDriver.WhyNone()} Server:Device=cpu runs without."
                : $"Device '{name}' is not available: there are {count} CUDA devices, cuda:0 to cuda:{count - 1}; set "
                    + "Server:Device to one of them.");
    }
}
