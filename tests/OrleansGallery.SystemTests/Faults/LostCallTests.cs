using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>Verifications of galleries that a lost silo has, or that were sent through it: none waits for the six hours
/// that one may take.</summary>
[Trait("Category", "Cluster"), Collection(Alone.Name)]
public sealed class LostCallTests(OwnPostgres postgres) : IClassFixture<OwnPostgres>
{
    private const int Galleries = 24;
    private const int Dimension = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_OnASiloThatIsPausedAndNeverWakesUp_EndsSoonAndSucceedsWhenSentAgain()
    {
        await using FaultCluster cluster = await FaultCluster.StartAsync(postgres, 3);
        using GalleryClient client = cluster.Connect();
        string[] names = [.. Enumerable.Range(0, Galleries).Select(
            number => string.Create(CultureInfo.InvariantCulture, $"gallery-{number}"))];
        foreach (string name in names)
        {
            await client.CreateGalleryAsync(
                new CreateGalleryRequest { Name = name, Dimension = Dimension, Partitions = 1 }, Token);
            await client.EnrolAsync(
                name, "p1", new EnrolImageRequest { Vector = SyntheticVectors.Embedding(0, 0, Dimension) }, Token);
            await client.VerifyAsync(name, Token);
        }

        int again = 0;
        cluster.Silos[1].Pause();
        await Task.WhenAll(names.Select(VerifyAsync)).WaitAsync(Limit, Token);

        Assert.NotEqual(0, again);

        async Task VerifyAsync(string name)
        {
            while (true)
            {
                try
                {
                    Assert.Equal(1, (await client.VerifyAsync(name, Token)).Images);
                    return;
                }
                catch (GalleryApiException exception) when (exception is { Status: 503, Code: ErrorCodes.Retry })
                {
                    Interlocked.Increment(ref again);
                    await Task.Delay(100, Token);
                }
            }
        }
    }
}
