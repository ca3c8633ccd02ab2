using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>The gallery of the benchmark: filled once, and found again by its name.</summary>
internal sealed class BenchGallery(GalleryClient client, BenchRows rows, ClusterBenchOptions options)
{
    // Rows without codes that are worth no further wait, and how long it takes to see that their number stays.
    private const double FewUncoded = 0.01;
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(12);

    /// <summary>Its name says what is in it.</summary>
    public string Name { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"rows-{options.Rows}-{options.Dimension}-{options.Partitions}-{options.Seed}");

    /// <summary>Finds or makes it, as the only one.</summary>
    /// <returns>Rows per second at which it was filled; null: it was there.</returns>
    public async Task<double?> PrepareAsync(
        ExtraIngest extras, CommandOutput output, CancellationToken cancellationToken)
    {
        GalleryResponse? found = null;
        foreach (GalleryResponse gallery in await client.ListGalleriesAsync(cancellationToken))
        {
            if (gallery.Name == Name)
            {
                found = gallery;
            }
            else
            {
                await client.DeleteGalleryAsync(gallery.Name, cancellationToken);
            }
        }

        if (found?.Identities > rows.Count)
        {
            await extras.RemoveOldAsync(cancellationToken);
        }

        if (found?.Identities >= rows.Count)
        {
            return null;
        }

        if (found is null)
        {
            await client.CreateGalleryAsync(
                new CreateGalleryRequest
                {
                    Name = Name, Dimension = options.Dimension, Partitions = options.Partitions,
                },
                cancellationToken);
        }

        return await FillAsync(output, cancellationToken);
    }

    /// <summary>Waits until searches are complete and find (nearly) all rows coded, where there are enough for
    /// it.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        long uncoded = -1;
        long since = TimeProvider.System.GetTimestamp();
        await BenchCluster.WaitAsync(
            async () =>
            {
                SearchResponse answer;
                try
                {
                    answer = await client.SearchAsync(
                        Name, new SearchRequest { Vector = rows.Query(0) }, cancellationToken);
                }
                catch (GalleryApiException exception) when (exception.Retryable)
                {
                    // A silo was just lost.
                    return false;
                }

                if (answer.Partial || answer.Evidence.Flat.Bounded != uncoded)
                {
                    (uncoded, since) = (answer.Evidence.Flat.Bounded, TimeProvider.System.GetTimestamp());
                }

                return !answer.Partial && (rows.Count < BasisPolicy.MinRows || uncoded < FewUncoded * rows.Count
                    || TimeProvider.System.GetElapsedTime(since) > Standstill);
            },
            "Searches are not complete",
            cancellationToken);
    }

    private async Task<double> FillAsync(CommandOutput output, CancellationToken cancellationToken)
    {
        IngestTally tally = new(Name, rows.Count);
        await IngestProgress.RunAsync(output, tally, async () =>
        {
            await foreach (IngestAck ack in client.IngestAsync(
                Name, ItemsAsync(), cancellationToken: cancellationToken))
            {
                if (ack.Error is { } error)
                {
                    throw new GalleryApiException(null, error.Code, error.Message, error.Retryable);
                }

                tally.Add(ack.Status);
            }
        });
        return tally.Summarize().ImagesPerSecond;
    }

    private async IAsyncEnumerable<IngestItem> ItemsAsync()
    {
        await Task.CompletedTask;
        for (int row = 0; row < rows.Count; row++)
        {
            yield return rows.Item(row);
        }
    }
}
