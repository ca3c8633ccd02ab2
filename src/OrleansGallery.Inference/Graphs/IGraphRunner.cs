using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>Runs somebody's graph on numbers. Safe for use by several threads until disposed.</summary>
internal interface IGraphRunner : IDisposable
{
    /// <param name="batch">Its numbers, row-major.</param>
    /// <param name="shape">Its lengths.</param>
    /// <exception cref="OnnxException">The graph failed.</exception>
    OnnxResult Run(Memory<float> batch, long[] shape);
}
