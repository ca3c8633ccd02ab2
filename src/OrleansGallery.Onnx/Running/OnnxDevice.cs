using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace OrleansGallery.Onnx;

/// <summary>Where ONNX Runtime runs a graph.</summary>
internal static class OnnxDevice
{
    /// <param name="options">A session's options.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <exception cref="OnnxException">It is none of these.</exception>
    /// <exception cref="OnnxUnavailableException">It is not there.</exception>
    public static void Use(SessionOptions options, string device)
    {
        if (device == "cpu")
        {
            return;
        }

        int number = 0;
        if (device != "cuda" && !(device.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out number)))
        {
            throw new OnnxException($"'{device}' is no device; cpu, cuda and cuda:1 are.");
        }

        try
        {
            options.AppendExecutionProvider_CUDA(number);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException)
        {
            throw new OnnxUnavailableException(
                $"Device '{device}' is not available to ONNX Runtime, or this build has its CPU package (build with "
                + $"-p:OnnxBackend=cuda); Server:Device=auto runs ONNX models where they can: {exception.Message}",
                exception);
        }
    }
}
