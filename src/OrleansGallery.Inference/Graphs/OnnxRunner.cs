using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>A graph on ONNX Runtime.</summary>
internal sealed class OnnxRunner : IGraphRunner
{
    private readonly OnnxSession _session;

    private OnnxRunner(OnnxSession session) => _session = session;

    /// <summary>Where a graph runs: <c>auto</c> is a CUDA device only where ONNX Runtime has one too.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>.</param>
    /// <param name="knowsCuda">Whether ONNX Runtime knows CUDA.</param>
    /// <param name="devices">Counts the CUDA devices.</param>
    public static string DeviceOf(string device, Func<bool> knowsCuda, Func<int> devices) =>
        device != TorchDevice.Auto ? device
        : knowsCuda() ? TorchDevice.NameOf(device, devices) : TorchDevice.Cpu;

    /// <exception cref="CheckpointException">ONNX Runtime refuses it.</exception>
    /// <exception cref="TorchRuntimeException">ONNX Runtime or the device is not available.</exception>
    public static OnnxRunner Open(string path, byte[] graph, GraphUse use, string device, int? threads)
    {
        try
        {
            return new OnnxRunner(OnnxSession.Open(graph, use.Input, use.Output, device, threads));
        }
        catch (OnnxException exception)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }
        catch (OnnxUnavailableException exception)
        {
            throw new TorchRuntimeException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public OnnxResult Run(Memory<float> batch, long[] shape) => _session.Run(batch, shape);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
