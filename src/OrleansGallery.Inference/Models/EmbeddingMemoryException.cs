namespace OrleansGallery.Inference;

/// <summary>A batch needs more memory than its device has; a smaller one may do.</summary>
/// <param name="images">The images of the batch.</param>
/// <param name="device">The device.</param>
/// <param name="inner">What Torch or ONNX Runtime said.</param>
public sealed class EmbeddingMemoryException(int images, string device, Exception inner)
    : Exception(
        $"A batch of {images} images needs more memory than {device} has left. Set Batching:MaxBatchSize lower, or "
        + "give the device to this process alone.",
        inner)
{
    /// <summary>The images of the batch.</summary>
    public int Images { get; } = images;

    // Torch's first, then ONNX Runtime's; those of the libraries below are both's.
    private static readonly string[] Words =
    [
        "out of memory", "can't allocate memory", "failed to allocate memory", "bad_alloc", "bad allocation",
        "cudaErrorMemoryAllocation", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED",
    ];

    /// <summary>Whether an exception of Torch's or ONNX Runtime's is about memory; they have no type of their own for
    /// that.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>True where it is.</returns>
    internal static bool IsMeantBy(Exception exception) =>
        Array.Exists(Words, word => exception.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
