using System.Collections.Concurrent;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>The models of this process, each loaded on first use.</summary>
/// <param name="find">Finds the path of a model's file.</param>
/// <param name="start">Loads a model of an id from a file; what it throws is told for a while without another try, for
/// to load a model takes long.</param>
/// <param name="time">The clock.</param>
internal sealed class RunningModels(
    Func<string, Task<string>> find, Func<string, string, RunningModel> start, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long a failure is remembered, unless somebody changes the file.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<RunningModel>>> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LoadFailure> _failed = new(StringComparer.Ordinal);

    /// <summary>How many images wait for a model.</summary>
    public int QueueLength => _running.Keys.Sum(modelId => Find(modelId)?.QueueLength ?? 0);

    /// <summary>Gets a model, loading it where that is needed.</summary>
    /// <exception cref="GalleryException">It is not there, or cannot be loaded.</exception>
    public async Task<RunningModel> GetAsync(string modelId)
    {
        Lazy<Task<RunningModel>> model = _running.GetOrAdd(
            modelId, id => new Lazy<Task<RunningModel>>(() => Task.Run(() => LoadAsync(id))));
        try
        {
            return await model.Value;
        }
        catch
        {
            // The next image asks again: somebody may have put the model's file right.
            _running.TryRemove(KeyValuePair.Create(modelId, model));
            throw;
        }
    }

    /// <summary>A model that runs, or null.</summary>
    public RunningModel? Find(string modelId) =>
        _running.TryGetValue(modelId, out Lazy<Task<RunningModel>>? model) && model.IsValueCreated
            && model.Value.IsCompletedSuccessfully
                ? model.Value.GetAwaiter().GetResult()
                : null;

    /// <summary>Frees a model whose devices fail, unless another caller was first; the next image loads it anew.
    /// </summary>
    /// <returns>Whether it was freed by this call, when its last image is answered.</returns>
    public async Task<bool> DropAsync(string modelId, RunningModel model)
    {
        if (Find(modelId) != model || !_running.TryGetValue(modelId, out Lazy<Task<RunningModel>>? lazy)
            || !_running.TryRemove(KeyValuePair.Create(modelId, lazy)))
        {
            return false;
        }

        await (await lazy.Value).DisposeAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string modelId in _running.Keys)
        {
            if (Find(modelId) is { } model)
            {
                await model.DisposeAsync();
            }
        }
    }

    private async Task<RunningModel> LoadAsync(string modelId)
    {
        if (_failed.TryGetValue(modelId, out LoadFailure? known) && known.Holds(time.GetUtcNow()))
        {
            throw known.Repeat(time.GetUtcNow());
        }

        string path = await find(modelId);
        DateTime changed = File.GetLastWriteTimeUtc(path);
        try
        {
            RunningModel model = start(modelId, path);
            _failed.TryRemove(modelId, out _);
            return model;
        }
        catch (Exception exception) when (exception is EmbeddingFailedException or ModelNotFoundException)
        {
            DateTimeOffset now = time.GetUtcNow();
            LoadFailure failure = new(path, changed, (GalleryException)exception, now + Memory);
            _failed[modelId] = failure;
            throw failure.Repeat(now);
        }
    }
}
