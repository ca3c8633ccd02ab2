using System.Text.Json;
using Npgsql;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;
using OrleansGallery.SystemTests.Faults;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Bench;

[Trait("Category", "Cluster"), Collection(Alone.Name)]
public sealed class BenchClusterTests(PostgresFixture postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BenchCluster_OnAnEmptyDatabase_MeasuresEveryChangeAndFindsNothingWrong()
    {
        await using PostgresDatabase database = new(postgres);
        await database.InitializeAsync();

        (int code, string output, string error) = await GalleryProcess.RunAsync(
            "bench", "cluster", "--database", database.ConnectionString, "--silos", "1,2", "--rows", "2000",
            "--dimension", "16", "--partitions", "8", "--seconds", "1", "--pace", "20", "--json");

        Assert.True(code == 0, error + output);
        ClusterBenchReport report = JsonSerializer.Deserialize<ClusterBenchReport>(output, GalleryJson.Options)!;
        Assert.Equal([1, 2], report.Steps.Select(step => step.Silos));
        Assert.All(report.Steps, step => Assert.True(
            step.Queries > 0 && step.P50Ms <= step.P99Ms && step.OverheadP50Ms < step.P50Ms && step.IngestPerSecond > 0
            && step.CpuMsPerQuery > 0));
        Assert.Equal(
            [
                "one joins, 1 to 2", "one leaves, 2 to 1", "one joins, 1 to 2", "kill -9 of one of two",
                "one joins, 1 to 2", "all start anew",
            ],
            report.Changes.Select(change => change.What));
        Assert.All(report.Changes, change => Assert.True(change.Searches > 0 && change.Wrong == 0));
        Assert.True(report.Changes[0].MovedRows > 500, output);
    }

    [Fact]
    public async Task Prepare_ADatabaseThatIsSomebodyElses_IsRefused()
    {
        await using PostgresDatabase database = new(postgres);
        await database.InitializeAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);
        await using NpgsqlCommand command = source.CreateCommand("CREATE TABLE mine (id int)");
        await command.ExecuteNonQueryAsync(Cancelled);
        InvalidDataException mine = await Assert.ThrowsAsync<InvalidDataException>(
            () => BenchDatabase.PrepareAsync(database.ConnectionString, Cancelled));
        Assert.Contains("there are tables in it", mine.Message, StringComparison.Ordinal);

        command.CommandText = "DROP TABLE mine";
        await command.ExecuteNonQueryAsync(Cancelled);
        await ClusterDatabase.InitAsync(database.ConnectionString, Cancelled);
        await ClusterDatabase.CheckAsync(database.ConnectionString, "shop", TimeProvider.System, Cancelled);
        InvalidDataException shop = await Assert.ThrowsAsync<InvalidDataException>(
            () => BenchDatabase.PrepareAsync(database.ConnectionString, Cancelled));
        Assert.Contains("it serves the cluster 'shop'", shop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_AnEmptyDatabase_IsTheBenchmarksFromThenOn()
    {
        await using PostgresDatabase database = new(postgres);
        await database.InitializeAsync();

        await BenchDatabase.PrepareAsync(database.ConnectionString, Cancelled);
        await BenchDatabase.PrepareAsync(database.ConnectionString, Cancelled);

        Assert.Equal(
            new ClusterDatabaseUse(false, BenchCluster.Id),
            await ClusterDatabase.ReadUseAsync(database.ConnectionString, Cancelled));
    }
}
