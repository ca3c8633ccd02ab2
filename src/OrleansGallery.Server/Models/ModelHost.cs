using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Server;

/// <summary>
/// Where Torch meets Orleans: the embedder grain's models, each loaded on first use and run by a batcher of its own.
/// The models that come with the program are made in the store's folder when they are first asked for; imported ones
/// that are not there are fetched.
/// </summary>
internal sealed class ModelHost(
    ModelStore store, ModelFetch fetch, IOptions<BatchingOptions> batching, IOptions<ServerOptions> server)
    : IImageEmbedder, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<RunningModel>>> _running = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public async Task<ModelSummary> DescribeAsync(string modelId)
    {
        // Off the grain's turn: the file is read and hashed.
        ModelDescription model = await Task.Run(async () => EmbeddingModel.Describe(await GetPathAsync(modelId)));
        return new ModelSummary
        {
            Id = model.Id,
            Dimension = model.Dimension,
            InputHeight = model.InputHeight,
            InputWidth = model.InputWidth,
            Bicubic = model.Filter == ResizeFilter.Bicubic,
            CropFrom = model.Fit.ShorterSide,
            Pad = model.Fit.Kind == FitKind.Pad,
        };
    }

    /// <inheritdoc />
    public async Task<VectorBytes> EmbedAsync(
        string modelId, PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        RunningModel model = await GetAsync(modelId);
        PixelImage image = new(pixels.Width, pixels.Height, pixels.Rgb);
        EmbeddingLane lane = priority == EmbeddingPriority.Interactive ? EmbeddingLane.Interactive : EmbeddingLane.Bulk;
        try
        {
            return VectorBytes.From(await model.Batcher.EmbedAsync(image, lane, cancellationToken));
        }
        catch (EmbeddingQueueFullException exception)
        {
            throw new OverloadedException(exception.Message);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<Task<RunningModel>> model in _running.Values)
        {
            if (model.IsValueCreated && model.Value.IsCompletedSuccessfully)
            {
                await (await model.Value).DisposeAsync();
            }
        }
    }

    private async Task<RunningModel> GetAsync(string modelId)
    {
        Lazy<Task<RunningModel>> model = _running.GetOrAdd(
            modelId, id => new Lazy<Task<RunningModel>>(() => Task.Run(async () => Start(await GetPathAsync(id)))));
        try
        {
            return await model.Value;
        }
        catch
        {
            // The next image tries again: somebody may have put the model's file right.
            _running.TryRemove(new KeyValuePair<string, Lazy<Task<RunningModel>>>(modelId, model));
            throw;
        }
    }

    private RunningModel Start(string path)
    {
        int threads = server.Value.ModelThreads;
        EmbeddingModel model = EmbeddingModel.Load(
            path, server.Value.Device, threads > 0 ? threads : Math.Max(1, Environment.ProcessorCount / 2));
        return new RunningModel(model, new DynamicBatcher(model, batching.Value));
    }

    private async Task<string> GetPathAsync(string modelId)
    {
        try
        {
            return store.Find(modelId) ?? await fetch.GetAsync(modelId);
        }
        catch (CheckpointException exception)
        {
            throw new ModelNotFoundException($"The model '{modelId}' cannot be used: {exception.Message}");
        }
    }

    private sealed record RunningModel(EmbeddingModel Model, DynamicBatcher Batcher) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Batcher.DisposeAsync();
            Model.Dispose();
        }
    }
}
