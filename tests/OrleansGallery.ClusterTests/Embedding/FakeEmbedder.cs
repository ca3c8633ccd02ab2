using OrleansGallery.Abstractions;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>A model that works on one image at a time, and only while a test lets it.</summary>
internal sealed class FakeEmbedder : IImageEmbedder
{
    private readonly SemaphoreSlim _model = new(1);
    private TaskCompletionSource _held = new();
    private int _interactive;
    private int _bulk;
    private int _done;

    public FakeEmbedder() => _held.SetResult();

    /// <summary>Thrown instead of working.</summary>
    public Exception? Refusal { get; set; }

    public int Interactive => _interactive;

    public int Bulk => _bulk;

    public int Done => _done;

    public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held.TrySetResult();

    public Task<ModelSummary> DescribeAsync(string modelId) => Refusal is { } refusal
        ? throw refusal
        : Task.FromResult(new ModelSummary { Id = modelId, Dimension = 1, InputHeight = 1, InputWidth = 1 });

    public async Task<VectorBytes> EmbedAsync(
        string modelId, PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        if (Refusal is { } refusal)
        {
            throw refusal;
        }

        Interlocked.Increment(ref priority == EmbeddingPriority.Interactive ? ref _interactive : ref _bulk);
        await _held.Task.WaitAsync(cancellationToken);
        await _model.WaitAsync(cancellationToken);
        try
        {
            await Task.Yield();
            Interlocked.Increment(ref _done);
            return VectorBytes.From([pixels.Rgb[0]]);
        }
        finally
        {
            _model.Release();
        }
    }
}
