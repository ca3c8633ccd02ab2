using System.Globalization;
using TorchSharp;

namespace OrleansGallery.Inference;

/// <summary>Where a network runs.</summary>
public static class TorchDevice
{
    /// <summary>Finds a device.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <returns>The device.</returns>
    /// <exception cref="TorchRuntimeException">It is none of these, or not available.</exception>
    public static torch.Device Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        TorchRuntime.EnsureLoaded();
        if (name == "cpu")
        {
            return torch.CPU;
        }

        int number = 0;
        if (name != "cuda" && !(name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out number)))
        {
            throw new TorchRuntimeException($"'{name}' is no device; cpu, cuda and cuda:1 are.");
        }

        int devices = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return number < devices
            ? torch.device(name)
            : throw new TorchRuntimeException(
                $"Device '{name}' is not available: there are {devices} CUDA devices, or this build has Torch's CPU "
                + "package (build with -p:TorchBackend=cuda).");
    }
}
