using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Server;

/// <summary>
/// Fetches models that this process lacks from the cluster's store, through gallery silos, into its folder: whole, with
/// the right SHA-256, or not at all.
/// </summary>
/// <param name="files">Reaches a model's file by the model's id.</param>
/// <param name="store">The folder.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where to tell of it.</param>
internal sealed partial class ModelFetch(
    Func<string, IModelFileGrain> files, ModelStore store, TimeProvider time, ILogger<ModelFetch> logger)
{
    private const int MostAttempts = 5;

    // A small model is there by then, and nobody hears of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // What is damaged is not read again and again.
    private static readonly TimeSpan DamagePause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AttemptPause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _running = new(StringComparer.Ordinal);

    /// <summary>Fetches a model, or joins who does.</summary>
    /// <returns>The path of its file.</returns>
    /// <exception cref="ModelNotFoundException">It is not in the store either.</exception>
    /// <exception cref="RetryException">It takes longer, or the store does not answer.</exception>
    /// <exception cref="StorageException">The stored file is damaged, or this machine cannot keep it.</exception>
    public async Task<string> GetAsync(string modelId)
    {
        Task<string> fetch = _running.GetOrAdd(
            modelId, id => new Lazy<Task<string>>(() => Task.Run(() => RunAsync(id)))).Value;
        return await Task.WhenAny(fetch, Task.Delay(Patience, time)) == fetch
            ? await fetch
            : throw new RetryException(
                $"The model '{modelId}' is being fetched from the cluster's store; send the request again.");
    }

    private async Task<string> RunAsync(string modelId)
    {
        TimeSpan memory = TimeSpan.Zero;
        try
        {
            // It may have come while the caller looked for it.
            return store.Get(modelId) ?? await FetchAsync(modelId);
        }
        catch (StorageDamagedException)
        {
            memory = DamagePause;
            throw;
        }
        catch (Exception exception) when (exception is not GalleryException
            && ClusterFailures.Translate(exception) is { } own)
        {
            throw own;
        }
        finally
        {
            _ = ForgetAsync(modelId, memory);
        }
    }

    private async Task ForgetAsync(string modelId, TimeSpan memory)
    {
        await Task.Delay(memory, time);
        _running.TryRemove(modelId, out _);
    }

    private async Task<string> FetchAsync(string modelId)
    {
        IModelFileGrain grain = files(modelId);
        ModelFile file = (ModelStore.IsId(modelId) ? await RepeatAsync(() => grain.FindAsync(default)) : null)
            ?? throw new ModelNotFoundException(
                $"There is no model '{modelId}' in '{store.Folder}' nor in the cluster's store "
                + "(gallery model import FILE --database).");
        Log.Begun(logger, modelId, file.Length);
        try
        {
            string path = await store.AddAsync(
                modelId, file.Sha256, target => CopyAsync(modelId, grain, file, target));
            Log.Done(logger, modelId, path);
            return path;
        }
        catch (CheckpointException exception)
        {
            Log.Damaged(logger, modelId, exception.Message);
            throw new StorageDamagedException(
                $"The model '{modelId}' in the cluster's store is damaged; import it again (gallery model import FILE "
                + $"--database). {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"The model '{modelId}' cannot be kept in '{store.Folder}': {exception.Message}");
        }
    }

    private async Task CopyAsync(string modelId, IModelFileGrain grain, ModelFile file, Stream target)
    {
        for (int i = 0; i < file.Chunks; i++)
        {
            int chunk = i;
            byte[] bytes = await RepeatAsync(() => grain.ReadChunkAsync(file, chunk, default))
                ?? throw new RetryException($"The model '{modelId}' was deleted while it was fetched.");
            await target.WriteAsync(bytes);
        }
    }

    // A gallery silo that stops in the middle does not end it.
    private async Task<T> RepeatAsync<T>(Func<Task<T>> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (Exception exception) when (
                attempt < MostAttempts && ClusterFailures.Translate(exception) is RetryException)
            {
                await Task.Delay(AttemptPause, time);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Fetching the model '{Model}' from the cluster's store ({Bytes} bytes)")]
        public static partial void Begun(ILogger logger, string model, long bytes);

        [LoggerMessage(LogLevel.Information, "Fetched the model '{Model}' into '{Path}'")]
        public static partial void Done(ILogger logger, string model, string path);

        [LoggerMessage(LogLevel.Error, "The model '{Model}' in the cluster's store is damaged: {Reason}")]
        public static partial void Damaged(ILogger logger, string model, string reason);
    }
}
