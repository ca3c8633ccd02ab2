using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>The simulation on the other store.</summary>
[Trait("Category", "Store")]
public sealed class PostgresSimulationTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Run_OnPostgres_AnswersAsThePlainListsDo()
    {
        await ClusterDatabase.InitAsync(database.ConnectionString, TestContext.Current.CancellationToken);

        SimulationReport report = await GallerySimulation.RunAsync(new SimulationOptions
        {
            Operations = 4_000, Seed = 3,
            Open = () => new PostgresGalleryStore(database.ConnectionString, new PostgresStoreOptions()),
        });

        Assert.Equal(string.Empty, string.Join('\n', report.Failures));
        Assert.Equal((4_000, report.ExpectedRootHash), (report.Operations, report.RootHash));
        Assert.NotEqual(new string('0', 64), report.RootHash);
    }
}
