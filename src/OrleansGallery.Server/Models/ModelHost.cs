using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Server;

/// <summary>
/// Where Torch meets Orleans: the embedder grain's models, each loaded on first use onto every device. The models that
/// come with the program are made in the store's folder when they are first asked for; imported ones that are not there
/// are fetched.
/// </summary>
internal sealed partial class ModelHost : IImageEmbedder, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<RunningModel>>> _running = new(StringComparer.Ordinal);
    private readonly ModelStore _store;
    private readonly ModelFetch _fetch;
    private readonly BatchingOptions _batching;
    private readonly ServerOptions _server;
    private readonly InferenceInstruments _instruments;
    private readonly ILogger<ModelHost> _logger;

    public ModelHost(
        ModelStore store, ModelFetch fetch, IOptions<BatchingOptions> batching, IOptions<ServerOptions> server,
        InferenceInstruments instruments, ILogger<ModelHost> logger)
    {
        (_store, _fetch, _batching, _server, _instruments, _logger) =
            (store, fetch, batching.Value, server.Value, instruments, logger);
        instruments.ObserveQueue(() => _running.Values.Sum(
            model => model.IsValueCreated && model.Value.IsCompletedSuccessfully ? model.Value.Result.QueueLength : 0));
    }

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
            return VectorBytes.From(await model.EmbedAsync(image, lane, cancellationToken));
        }
        catch (EmbeddingQueueFullException exception)
        {
            throw new OverloadedException(exception.Message);
        }
        catch (Exception exception) when (exception is EmbeddingMemoryException or ExternalException)
        {
            Log.Failed(_logger, modelId, exception.Message);
            throw new EmbeddingFailedException($"The model '{modelId}' failed: {exception.Message}");
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
            modelId,
            id => new Lazy<Task<RunningModel>>(() => Task.Run(async () => Start(id, await GetPathAsync(id)))));
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

    private RunningModel Start(string modelId, string path)
    {
        try
        {
            RunningModel model = RunningModel.Start(path, _server, _batching, OnMemoryShort, _instruments);
            Log.Loaded(_logger, modelId, model.Devices, model.Precision);
            return model;
        }
        catch (CheckpointException exception)
        {
            throw Unusable(modelId, exception);
        }
        catch (Exception exception) when (
            exception is TorchRuntimeException or EmbeddingMemoryException or ExternalException)
        {
            Log.NotLoaded(_logger, modelId, exception.Message);
            throw new EmbeddingFailedException($"The model '{modelId}' cannot be loaded: {exception.Message}");
        }
    }

    private void OnMemoryShort(EmbeddingMemoryException exception) =>
        Log.MemoryShort(_logger, exception.Images, exception.Message);

    private async Task<string> GetPathAsync(string modelId)
    {
        try
        {
            return _store.Find(modelId) ?? await _fetch.GetAsync(modelId);
        }
        catch (CheckpointException exception)
        {
            throw Unusable(modelId, exception);
        }
    }

    private static ModelNotFoundException Unusable(string modelId, CheckpointException exception) =>
        new($"The model '{modelId}' cannot be used: {exception.Message}");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The model '{Model}' runs on {Devices} in {Precision}")]
        public static partial void Loaded(ILogger logger, string model, string devices, string precision);

        [LoggerMessage(LogLevel.Error, "The model '{Model}' cannot be loaded: {Reason}")]
        public static partial void NotLoaded(ILogger logger, string model, string reason);

        [LoggerMessage(LogLevel.Warning, "A batch of {Images} images is halved: {Reason}")]
        public static partial void MemoryShort(ILogger logger, int images, string reason);

        [LoggerMessage(LogLevel.Error, "The model '{Model}' failed on an image: {Reason}")]
        public static partial void Failed(ILogger logger, string model, string reason);
    }
}
