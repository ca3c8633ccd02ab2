using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Sends images to the embedding silo with the shorter queue, from a silo or from a client of silos. What a silo cannot
/// do, for it is gone or lacks the model, another is asked for; that is safe, since embedding changes nothing.
/// </summary>
/// <param name="grains">Reaches the silos.</param>
/// <param name="time">The clock.</param>
public sealed class EmbeddingRouter(IGrainFactory grains, TimeProvider time)
{
    private readonly EmbeddingView _view = new(grains, time);
    private readonly Lock _choice = new();

    /// <summary>What a model takes and gives.</summary>
    /// <param name="modelId">The model's id, or <c>default</c>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="NoEmbeddingSiloException">Nobody runs models.</exception>
    /// <exception cref="RetryException">The model is being fetched, or silos do not answer.</exception>
    public Task<ModelSummary> DescribeAsync(string modelId) => SendAsync(
        modelId, EmbeddingPriority.Interactive, (_, embedder) => embedder.DescribeAsync(), CancellationToken.None);

    /// <summary>Embeds one image.</summary>
    /// <param name="modelId">The model's id, or <c>default</c>.</param>
    /// <param name="pixels">The image at the model's input size.</param>
    /// <param name="priority">Which images go first.</param>
    /// <param name="cancellationToken">An image cancelled while it waits is never run.</param>
    /// <returns>The raw embedding.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="NoEmbeddingSiloException">Nobody runs models.</exception>
    /// <exception cref="OverloadedException">All queues are full.</exception>
    /// <exception cref="RetryException">The model is being fetched, or silos do not answer.</exception>
    public Task<VectorBytes> EmbedAsync(
        string modelId, PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken) =>
        SendAsync(
            modelId, priority,
            async (route, embedder) =>
            {
                EmbeddingAnswer answer = await embedder.EmbedAsync(pixels, priority, cancellationToken);
                route.Hear(answer);
                return answer.Embedding;
            },
            cancellationToken);

    private async Task<T> SendAsync<T>(
        string modelId, EmbeddingPriority priority, Func<EmbeddingRoute, IEmbedderGrain, Task<T>> call,
        CancellationToken cancellationToken)
    {
        _view.BeginWork();
        try
        {
            HashSet<EmbeddingRoute> tried = [];
            GalleryException? failure = null;
            while (await ChooseAsync(modelId, priority, tried, cancellationToken) is { } route)
            {
                try
                {
                    return await CallAsync(route, modelId, priority, call);
                }
                catch (Exception exception) when (
                    !cancellationToken.IsCancellationRequested && ClusterFailures.Translate(exception) is not null)
                {
                    tried.Add(route);
                    Note(route, modelId, exception);
                    failure = Worse(failure, ClusterFailures.Translate(exception)!);
                }
            }

            throw failure ?? new RetryException("No embedding silo answers now; send the request again.");
        }
        finally
        {
            _view.EndWork();
        }
    }

    // The shortest queue among those that have the model, as far as is known; by chance among equals. The image counts
    // from now on, so that what is chosen at the same time goes elsewhere; CallAsync takes it back.
    private async Task<EmbeddingRoute?> ChooseAsync(
        string modelId, EmbeddingPriority priority, HashSet<EmbeddingRoute> tried, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<EmbeddingRoute> routes = await _view.GetAsync();
        if (!routes.Any(route => route.IsActive))
        {
            throw new NoEmbeddingSiloException();
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_choice)
        {
            EmbeddingRoute? chosen = routes
                .Where(route => route.IsActive && !route.IsAvoided && !tried.Contains(route))
                .OrderBy(route => route.Lacks(modelId))
                .ThenBy(route => route.Before(priority))
                .ThenBy(_ => Random.Shared.Next())
                .FirstOrDefault();
            chosen?.AddSent(priority, 1);
            return chosen;
        }
    }

    private async Task<T> CallAsync<T>(
        EmbeddingRoute route, string modelId, EmbeddingPriority priority,
        Func<EmbeddingRoute, IEmbedderGrain, Task<T>> call)
    {
        try
        {
            Task<T> answer = call(
                route, grains.GetGrain<IEmbedderGrain>(GrainKeys.Embedder(route.Silo.Address, modelId)));
            return await Task.WhenAny(answer, route.Gone) == answer
                ? await answer
                : throw new RetryException(
                    $"The embedding silo '{route.Silo.Name}' was lost before it answered; send the request again.");
        }
        finally
        {
            route.AddSent(priority, -1);
        }
    }

    private static void Note(EmbeddingRoute route, string modelId, Exception exception)
    {
        if (exception is RetryException or ModelNotFoundException or StorageDamagedException
            or EmbeddingFailedException)
        {
            route.MarkLacking(modelId);
        }
        else if (exception is not GalleryException)
        {
            route.Avoid();
        }
    }

    // What may pass counts more than what does not, and a reason more than that there is no such model.
    private static GalleryException Worse(GalleryException? one, GalleryException other) =>
        one is null or ModelNotFoundException || (other.Retryable && !one.Retryable) ? other : one;
}
