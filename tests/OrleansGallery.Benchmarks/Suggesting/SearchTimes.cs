using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Benchmarks.Suggesting;

/// <summary>One client that searches, one search after another, and how long each takes.</summary>
/// <param name="client">The client.</param>
/// <param name="gallery">The gallery.</param>
/// <param name="vectorOf">What is searched for, by the search's number.</param>
internal sealed class SearchTimes(GalleryClient client, string gallery, Func<int, float[]> vectorOf)
{
    private int _next;

    /// <summary>Searches so often.</summary>
    /// <returns>The times in milliseconds.</returns>
    public async Task<IReadOnlyList<double>> RunAsync(int times)
    {
        List<double> all = [];
        for (int i = 0; i < times; i++)
        {
            all.Add(await SearchAsync());
        }

        return all;
    }

    /// <summary>Searches until it is over.</summary>
    /// <returns>The times in milliseconds.</returns>
    public async Task<IReadOnlyList<double>> RunUntilAsync(CancellationToken over)
    {
        List<double> all = [];
        do
        {
            all.Add(await SearchAsync());
            // One that never stops is another measurement: that of a service without an idle core.
            await Task.Delay(50, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!over.IsCancellationRequested);
        return all;
    }

    private async Task<double> SearchAsync()
    {
        SearchRequest request = new() { Vector = vectorOf(_next++), Top = 10 };
        long started = Stopwatch.GetTimestamp();
        await client.SearchAsync(gallery, request);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
