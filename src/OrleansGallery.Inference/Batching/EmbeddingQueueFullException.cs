namespace OrleansGallery.Inference;

/// <summary>The interactive lane is full; nothing was embedded, and the caller may retry.</summary>
/// <param name="capacity">The lane's places.</param>
public sealed class EmbeddingQueueFullException(int capacity)
    : Exception(
        $"The interactive queue of images waiting to be embedded is full ({capacity} places). Retry later, or raise "
        + $"{BatchingOptions.Section}:{nameof(BatchingOptions.QueueCapacity)}.")
{
    /// <summary>The lane's places.</summary>
    public int Capacity { get; } = capacity;
}
