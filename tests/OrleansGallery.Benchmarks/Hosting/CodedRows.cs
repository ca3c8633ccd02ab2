using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Benchmarks.Hosting;

/// <summary>The service codes rows in the background; searches are measured when it has.</summary>
internal static class CodedRows
{
    /// <summary>Waits until all rows of a gallery are coded.</summary>
    /// <param name="client">The client.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="query">A vector.</param>
    public static async Task WaitAsync(GalleryClient client, string gallery, float[] query)
    {
        await Console.Error.WriteLineAsync("Waiting until all rows are coded ...");
        while (true)
        {
            SearchResponse answer = await client.SearchAsync(
                gallery, new SearchRequest { Vector = query, Top = 10 });
            if (answer.Evidence.Flat.Bounded == 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }
}
