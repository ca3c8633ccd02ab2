using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Clients that search one after the other and enrol an image now and then.</summary>
internal sealed class ServiceLoad(GalleryClient client, string gallery, SearchSetup setup, int queriesPerUpdate)
{
    private int _updates;
    private int _partial;

    /// <summary>Images enrolled.</summary>
    public int Updates => _updates;

    /// <summary>Answers that lacked a partition.</summary>
    public int Partial => _partial;

    /// <summary>Runs the load.</summary>
    /// <param name="clients">Clients at once.</param>
    /// <param name="duration">How long.</param>
    /// <returns>Milliseconds of each search.</returns>
    public async Task<IReadOnlyList<double>> RunAsync(int clients, TimeSpan duration)
    {
        long until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        List<double>[] times = await Task.WhenAll(
            Enumerable.Range(0, clients).Select(number => Task.Run(() => WorkAsync(number, until))));
        return [.. times.SelectMany(each => each)];
    }

    private async Task<List<double>> WorkAsync(int number, long until)
    {
        List<double> times = [];
        for (int query = number; Stopwatch.GetTimestamp() < until; query++)
        {
            float[] vector = setup.Queries[query % setup.Queries.Length].Unit.ToArray();
            long started = Stopwatch.GetTimestamp();
            SearchResponse answer = await client.SearchAsync(
                gallery, new SearchRequest { Vector = vector, Top = setup.Top });
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Interlocked.Add(ref _partial, answer.Partial ? 1 : 0);
            if (times.Count % queriesPerUpdate == 0)
            {
                int update = Interlocked.Increment(ref _updates);
                await client.EnrolAsync(gallery, RowIds.Of(update * 97 % setup.Source.Count), new EnrolImageRequest
                {
                    Vector = vector, ImageId = $"update-{update}",
                });
            }
        }

        return times;
    }
}
