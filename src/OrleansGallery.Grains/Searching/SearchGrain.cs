using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>
/// Fans a search out to the gallery silos and merges their answers. Reentrant: it has no state.
/// </summary>
[GrainType("gallery.search"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed partial class SearchGrain(
    GallerySilos silos, SiloSearchClient services, TimeProvider time, ILogger<SearchGrain> logger)
    : Grain, ISearchGrain
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    // A scan that the deadline ends has to be heard of before it.
    private static readonly TimeSpan MaxAnswerTime = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public async Task<SearchAnswer> SearchAsync(SearchCommand command, CancellationToken cancellationToken)
    {
        VectorBytes query = Normalize(command);
        long started = time.GetTimestamp();
        SearchMerge merge = new(command.Partitions, command.Top);
        Task? activation = null;
        for (TimeSpan left = command.Deadline;
            left > TimeSpan.Zero;
            left = command.Deadline - time.GetElapsedTime(started))
        {
            await AskAsync(command, query, merge, left, cancellationToken);
            if (merge.Missing.Count == 0 || merge.IsCut)
            {
                break;
            }

            // A partition that no silo has yet is activated by being called. Those that are ready are asked meanwhile,
            // so that a slow one costs its own rows and not everybody's.
            activation ??= ActivateAsync(command, merge.Missing);
            await Task.WhenAny(activation, Task.Delay(Shorter(RetryPause, left), time, cancellationToken));
            if (activation.IsCompleted)
            {
                await activation;
                activation = null;
            }
        }

        return merge.ToAnswer();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static VectorBytes Normalize(SearchCommand command)
    {
        if (command.Query.Dimension != command.Dimension)
        {
            throw new InvalidEmbeddingException(
                $"The query has {command.Query.Dimension} components; the gallery's dimension is {command.Dimension}.");
        }

        try
        {
            return VectorBytes.From(QueryVector.Normalize(command.Query.Components));
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }
    }

    private async Task AskAsync(SearchCommand command, VectorBytes query, SearchMerge merge, TimeSpan left,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<SiloAddress> active = silos.GetActive();
        if (active.Count == 0)
        {
            await Task.Delay(RetryPause, time, cancellationToken);
            return;
        }

        SiloAddress[] owners = PartitionOwners.Assign(command.Gallery, command.Partitions, active);
        await Task.WhenAll(merge.Missing.GroupBy(partition => owners[partition]).Select(async group =>
        {
            SiloScanRequest request = new()
            {
                Gallery = command.Gallery,
                Partitions = [.. group],
                Query = query,
                Top = command.Top,
                Deadline = left - Shorter(left / 10, MaxAnswerTime),
            };
            try
            {
                merge.Add(await services.On(group.Key).ScanAsync(request, cancellationToken).WaitAsync(left, time));
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                Log.SiloFailed(logger, group.Key, exception);
            }
        }));
    }

    private async Task ActivateAsync(SearchCommand command, IReadOnlyCollection<int> missing)
    {
        try
        {
            await Task.WhenAll(missing.Select(partition => GrainFactory.GetGrain<IPartitionGrain>(
                GrainKeys.Partition(command.Gallery, command.Partitions, partition)).DescribeAsync()));
        }
        catch (Exception exception) when (
            exception is OrleansException or TimeoutException or RetryException or StorageException)
        {
            Log.ActivationFailed(logger, command.Gallery, missing.Count, exception);
            await Task.Delay(RetryPause, time);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Silo {Silo} did not answer a search")]
        public static partial void SiloFailed(ILogger logger, SiloAddress silo, Exception exception);

        [LoggerMessage(LogLevel.Warning, "Some of {Partitions} partitions of gallery {Gallery} are not available")]
        public static partial void ActivationFailed(ILogger logger, long gallery, int partitions, Exception exception);
    }
}
