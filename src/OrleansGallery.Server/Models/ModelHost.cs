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
    private readonly ModelStore _store;
    private readonly ModelFetch _fetch;
    private readonly ILogger<ModelHost> _logger;
    private readonly RunningModels _models;

    public ModelHost(
        ModelStore store, ModelFetch fetch, IOptions<BatchingOptions> batching, IOptions<ServerOptions> server,
        InferenceInstruments instruments, TimeProvider time, ILogger<ModelHost> logger)
        : this(store, fetch, time, logger, (path, memoryShort) => RunningModel.Start(
            path, server.Value, batching.Value, time, memoryShort, instruments))
    {
        instruments.ObserveQueue(() => _models.QueueLength);
    }

    internal ModelHost(
        ModelStore store, ModelFetch fetch, TimeProvider time, ILogger<ModelHost> logger,
        Func<string, Action<EmbeddingMemoryException>, RunningModel> start)
    {
        (_store, _fetch, _logger) = (store, fetch, logger);
        _models = new RunningModels(
            GetPathAsync, (modelId, path) => Start(modelId, () => start(path, OnMemoryShort)), time);
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
        RunningModel model = await _models.GetAsync(modelId);
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
        catch (ObjectDisposedException)
        {
            throw new RetryException($"The model '{modelId}' is being loaded anew; send the request again.");
        }
        catch (Exception exception) when (IsOfModel(exception))
        {
            Log.Failed(_logger, modelId, exception.Message);
            if (model.IsSpent)
            {
                _ = DropAsync(modelId, model);
            }

            throw new EmbeddingFailedException($"The model '{modelId}' failed: {exception.Message}");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _models.DisposeAsync();

    private RunningModel Start(string modelId, Func<RunningModel> start)
    {
        try
        {
            RunningModel model = start();
            Log.Loaded(_logger, modelId, model.Devices, model.Precision);
            return model;
        }
        catch (CheckpointException exception)
        {
            throw Unusable(modelId, exception);
        }
        catch (Exception exception) when (exception is TorchRuntimeException || IsOfModel(exception))
        {
            Log.NotLoaded(_logger, modelId, exception.Message);
            throw new EmbeddingFailedException($"The model '{modelId}' cannot be loaded: {exception.Message}");
        }
    }

    // A device that failed may not let go of its memory either.
    private async Task DropAsync(string modelId, RunningModel model)
    {
        Log.Dropped(_logger, modelId, model.Devices);
        try
        {
            await _models.DropAsync(modelId, model);
        }
        catch (ExternalException exception)
        {
            Log.Failed(_logger, modelId, exception.Message);
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

    private static bool IsOfModel(Exception exception) =>
        exception is EmbeddingMemoryException or ExternalException or ModelFailureException;

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

        [LoggerMessage(LogLevel.Error, "The model '{Model}' fails on {Devices}; the next image loads it anew")]
        public static partial void Dropped(ILogger logger, string model, string devices);
    }
}
