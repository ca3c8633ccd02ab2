using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>Identities are merged while a silo of a real cluster is killed: every merge happens once, all of it.
/// </summary>
[Trait("Category", "Cluster"), Collection(Alone.Name)]
public sealed class MergeFaultTests(OwnPostgres postgres) : IClassFixture<OwnPostgres>
{
    private const string Gallery = "merged";
    private const int Dimension = 16;
    private const int Pairs = 60;
    private const int Images = 3;

    // How many are merged when the silo dies.
    private const int Before = 15;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Merge_ASiloIsKilledMeanwhile_EachIsAllOrNothingAndOnceWhenSentAgain(bool opposite)
    {
        await using FaultCluster cluster = await FaultCluster.StartAsync(postgres, 3);
        using GalleryClient client = cluster.Connect();
        await FillAsync(client);
        int done = 0;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Limit);

        Task merging = Parallel.ForEachAsync(
            Enumerable.Range(0, Pairs), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (pair, _) =>
            {
                (string from, string to) = opposite && pair % 2 == 1
                    ? (Id(pair, 1), Id(pair, 0)) : (Id(pair, 0), Id(pair, 1));
                OperationResponse receipt = await UntilDoneAsync(client, from, to, $"merge {pair}", limit.Token);
                Assert.Equal((Images, 2 * Images), (receipt.ImagesMoved, receipt.Target.After.Count));
                Interlocked.Increment(ref done);
            });
        while (Volatile.Read(ref done) < Before && !merging.IsCompleted)
        {
            await Task.Delay(5, limit.Token);
        }

        cluster.Silos[1].Kill();
        await merging;
        await cluster.Silos[1].StartAsync();

        VerificationResponse report = await client.VerifyAsync(Gallery, Token);
        Assert.Empty(report.Differences);
        Assert.Equal((Pairs, 2 * Pairs * Images), (report.Identities, report.Images));
        Assert.Equal(ExpectedHash(opposite), (await client.GetGalleryAsync(Gallery, Token)).RootHash);
    }

    private static async Task<OperationResponse> UntilDoneAsync(
        GalleryClient client, string from, string to, string operation, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await client.MergeIdentityAsync(Gallery, from, to, operation, cancellationToken);
            }
            catch (GalleryApiException exception) when (exception.Retryable)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static async Task FillAsync(GalleryClient client)
    {
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Dimension = Dimension, Partitions = 8 }, Token);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Pairs * 2 * Images), Token, async (number, token) =>
            {
                (int identity, int image) = (number / Images, number % Images);
                await client.EnrolAsync(
                    Gallery, Id(identity / 2, identity % 2), new() { Vector = Vector(identity, image) }, token);
            });
    }

    private static string Id(int pair, int side) => string.Create(CultureInfo.InvariantCulture, $"p{pair}-{side}");

    private static float[] Vector(int identity, int image) =>
        SyntheticVectors.Embedding(identity, image, Dimension);

    private static string ExpectedHash(bool opposite)
    {
        Hash256 hash = default;
        for (int pair = 0; pair < Pairs; pair++)
        {
            IdentityCentroid sum = new(Dimension);
            for (int image = 0; image < 2 * Images; image++)
            {
                sum.Add(string.Empty, Vector((2 * pair) + (image / Images), image % Images));
            }

            hash += sum.ComputeHash(Id(pair, opposite && pair % 2 == 1 ? 0 : 1));
        }

        return hash.ToString();
    }
}
