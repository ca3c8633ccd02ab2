using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Enrols extras, as many as there is time for or at a pace, and removes them again.</summary>
internal sealed class ExtraIngest(GalleryClient client, string gallery, BenchRows rows, KnownAnswers known)
{
    private static readonly ParallelOptions Several = new() { MaxDegreeOfParallelism = 64 };
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    private long _sent;
    private long _removed;

    /// <param name="perSecond">The pace; null: as fast as the service takes them.</param>
    /// <param name="end">Ends the sending; what is under way is waited for.</param>
    public async Task<IngestFigures> RunAsync(double? perSecond, CancellationToken end)
    {
        long acknowledged = 0;
        long rejected = 0;
        long started = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            try
            {
                IAsyncEnumerable<IngestItem> items = SendAsync(perSecond, () => end.IsCancellationRequested);
                await foreach (IngestAck ack in client.IngestAsync(
                    gallery, items, cancellationToken: CancellationToken.None))
                {
                    if (ack.Error is null)
                    {
                        acknowledged++;
                        known.Acknowledge(ack.Seq);
                    }
                    else
                    {
                        rejected++;
                    }
                }
            }
            catch (GalleryApiException)
            {
                rejected++;
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
        }

        return new IngestFigures(acknowledged, rejected, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Removes what was sent; nobody may search meanwhile who checks the answers.</summary>
    public async Task RemoveAsync()
    {
        long first = _removed;
        _removed = _sent;
        await Parallel.ForAsync(first, _sent, Several, async (extra, _) => await RemoveAsync(BenchRows.ExtraId(extra)));
        known.Forget();
    }

    /// <summary>Removes what an earlier run left.</summary>
    public async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        List<string> old = [];
        await foreach (IdentityListEntry entry in client.EnumerateIdentitiesAsync(gallery, cancellationToken))
        {
            if (BenchRows.IsExtra(entry.Identity))
            {
                old.Add(entry.Identity);
            }
        }

        await Parallel.ForEachAsync(old, Several, async (identity, _) => await RemoveAsync(identity));
    }

    private async Task RemoveAsync(string identity)
    {
        try
        {
            await client.DeleteIdentityAsync(gallery, identity, CancellationToken.None);
        }
        catch (GalleryApiException exception) when (exception.Code == ErrorCodes.IdentityNotFound)
        {
            // It was rejected.
        }
    }

    private async IAsyncEnumerable<IngestItem> SendAsync(double? perSecond, Func<bool> isOver)
    {
        long started = Stopwatch.GetTimestamp();
        for (long number = 1; !isOver(); number++)
        {
            IngestItem item = rows.Extra(_sent);
            known.Send(_sent++, item);
            yield return item;
            if (perSecond is { } pace)
            {
                TimeSpan early = TimeSpan.FromSeconds(number / pace) - Stopwatch.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, CancellationToken.None);
                }
            }
        }
    }
}
