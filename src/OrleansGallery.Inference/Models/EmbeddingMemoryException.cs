namespace OrleansGallery.Inference;

/// <summary>A batch needs more memory than its device has; a smaller one may do.</summary>
/// <param name="images">The images of the batch.</param>
/// <param name="device">The device.</param>
/// <param name="inner">What Torch said.</param>
public sealed class EmbeddingMemoryException(int images, string device, Exception inner)
    : Exception(
        $"A batch of {images} images needs more memory than {device} has left. Set Batching:MaxBatchSize lower, or "
        + "give the device to this process alone.",
        inner)
{
    /// <summary>The images of the batch.</summary>
    public int Images { get; } = images;

    /// <summary>Whether an exception of Torch's is about memory; it has no type of its own for that.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>True where it is.</returns>
    internal static bool IsMeantBy(Exception exception) =>
        exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("CUBLAS_STATUS_ALLOC_FAILED", StringComparison.Ordinal);
}
