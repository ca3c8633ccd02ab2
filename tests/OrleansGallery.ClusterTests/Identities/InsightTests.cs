using OrleansGallery.Abstractions;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Pages of an identity's insight, through the real grain and the real store.</summary>
public sealed class InsightTests : IDisposable
{
    private const int Dimension = 16;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_WhileImagesComeAndGo_IsOfOneVersionOrRefused()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        Gallery gallery = await cluster.CreateAsync("people", Dimension);
        IIdentityGrain identity = cluster.Identity(gallery, "p1");
        await identity.EnrolAsync(Images.Of(1, 0, Dimension));
        Task writer = Task.Run(async () =>
        {
            for (int image = 1; image <= 60; image++)
            {
                await identity.EnrolAsync(Images.Of(1, image, Dimension, $"c{image % 3}"));
            }
        }, TestContext.Current.CancellationToken);
        int read = 0;
        for (bool last = false; !last;)
        {
            last = writer.IsCompleted;
            try
            {
                IdentityInsight insight = await identity.ExplainAsync(null, 1_000, null);
                Assert.Equal(insight.Count, insight.Images.Count);
                Assert.Equal(insight.Score!.Value, insight.Images.Sum(image => image.Contribution!.Value), 1e-6);
                read++;
            }
            catch (RetryException)
            {
                // It changed all the time.
            }
        }

        await writer;
        Assert.True(read > 0);
    }
}
