using OrleansGallery.Imaging;

namespace OrleansGallery.Inference.Batching;

/// <summary>An image on its way through the batcher.</summary>
/// <param name="image">The image.</param>
/// <param name="enqueued">When it got its place, by the batcher's clock.</param>
internal sealed class PendingImage(PixelImage image, long enqueued)
{
    private readonly TaskCompletionSource<float[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The image.</summary>
    public PixelImage Image { get; } = image;

    /// <summary>When it got its place, by the batcher's clock.</summary>
    public long Enqueued { get; } = enqueued;

    /// <summary>The answer; its continuations never run on the model's thread.</summary>
    public Task<float[]> Answer => _answer.Task;

    /// <summary>Answers.</summary>
    public void Succeed(float[] embedding) => _answer.TrySetResult(embedding);

    /// <summary>Fails.</summary>
    public void Fail(Exception exception) => _answer.TrySetException(exception);

    /// <summary>Gives up.</summary>
    public void Cancel(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}
