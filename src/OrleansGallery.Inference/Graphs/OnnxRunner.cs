using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>A graph on ONNX Runtime.</summary>
internal sealed class OnnxRunner : IGraphRunner
{
    private readonly OnnxSession _session;

    private OnnxRunner(OnnxSession session) => _session = session;

    /// <exception cref="CheckpointException">ONNX Runtime refuses it.</exception>
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
    }

    /// <inheritdoc/>
    public OnnxResult Run(Memory<float> batch, long[] shape) => _session.Run(batch, shape);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
