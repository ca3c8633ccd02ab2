using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using OrleansGallery.Server;
using OrleansGallery.Storage;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Doctor;

/// <summary>What <c>gallery doctor</c> says of a cluster's database and of this process's place in the cluster.
/// </summary>
[Trait("Category", "Cluster")]
public sealed class DoctorDatabaseTests(ClusterStore store, PostgresDatabase empty, PostgresFixture postgres)
    : IClassFixture<ClusterStore>, IClassFixture<PostgresDatabase>, IDisposable
{
    private const string Roles = "gallery,api";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gallery,embedding,api")]
    [InlineData("embedding")]
    [InlineData("api")]
    public async Task Doctor_DatabaseThatIsReady_IsWellAndStaysUnclaimed(string roles)
    {
        await using ClusterStore unclaimed = new(postgres);
        await unclaimed.InitializeAsync();

        DoctorRun run = await RunAsync(unclaimed.Database, ("Server:Roles", roles));

        run.AssertOk("database", "PostgreSQL 15").AssertOk("database", "clock")
            .AssertOk("database", "connections")
            .AssertOk("database", $"'gallery' has version {VersionedSchema.Gallery.Version}");
        if (roles != "api")
        {
            run.AssertOk("silo", "is free").AssertOk("silo", "can be listened on");
        }

        Assert.DoesNotContain(run.Findings, finding => finding.Check == "store");
        Assert.Equal(0L, await ScalarAsync(
            unclaimed.Database,
            "SELECT (SELECT count(*) FROM gallery.cluster) + (SELECT count(*) FROM gallery_membership.clusters)"));
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public async Task Doctor_BesideARunningSilo_IsWellAndSaysThatItRuns()
    {
        (string cluster, string url) = (store.NextCluster(), DoctorRun.FreeUrl());
        await using WebApplication app = store.Build(_folder, cluster, "a", Roles, ("Server:Urls", url));
        await app.StartAsync(Cancelled);
        (string, string)[] own = [("Cluster:Id", cluster), ("Server:Name", "a"), ("Server:Urls", url)];

        DoctorRun well = await RunAsync(store.Database, own);
        DoctorRun elsewhere = await RunAsync(store.Database, [.. own, ("Cluster:SiloPort", "20001")]);
        DoctorRun other = await RunAsync(
            store.Database, ("Cluster:Id", "another"), ("Server:Name", "a"), ("Server:Urls", url));

        well.AssertOk("silo", "'a'", "is running here").AssertOk("http", "A service is running");
        elsewhere.AssertWrong("silo", "called 'a' too", "--name");
        other.AssertWrong("database", $"serves the cluster '{cluster}'", "Cluster:Id");
        await app.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Doctor_DatabaseWithoutTables_NamesTheCommand()
    {
        DoctorRun run = await RunAsync(empty.ConnectionString);
        Assert.Equal(1, run.Code);
        run.AssertSaid("database", DoctorOutcome.Wrong, "no schema 'gallery'", "gallery store init")
            .AssertSaid("database", DoctorOutcome.Wrong, "no schema 'gallery_membership'");
    }

    [Theory]
    [InlineData("gallery")]
    [InlineData("gallery_membership")]
    public async Task Doctor_DatabaseOfANewerProgram_IsWrong(string schema)
    {
        await using ClusterStore newer = new(postgres);
        await newer.InitializeAsync();
        await ExecuteAsync(newer.Database, $"UPDATE {schema}.schema_version SET version = 99");
        (await RunAsync(newer.Database)).AssertWrong("database", $"'{schema}' has version 99", "newer");
    }

    [Fact]
    public async Task Doctor_DatabaseThatIsAway_IsWrong() =>
        (await RunAsync("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=secret")).AssertWrong(
            "database", "x on 127.0.0.1:1", "Cluster:Database");

    [Fact]
    public async Task Doctor_DatabaseThatTakesConnectionsAndIsSilent_IsGivenUp()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        long start = TimeProvider.System.GetTimestamp();

        DoctorRun run = await RunAsync($"Host=127.0.0.1;Port={port};Database=x;Username=y");

        run.AssertWrong("database");
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Doctor_WrongPassword_IsWrongAndNotShown()
    {
        string user = await MakeUserAsync(store.Database);
        await ExecuteAsync(store.Database, $"ALTER ROLE {user} PASSWORD 'right'");
        await AskForPasswordsAsync(user);

        DoctorRun run = await RunAsync($"{As(user, store.Database)};Password=wrong-secret");

        run.AssertWrong("database", "password authentication failed");
        Assert.DoesNotContain(run.Findings, finding => $"{finding}".Contains("wrong-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_UserWithoutRights_IsToldWhichOneIsMissing()
    {
        await using ClusterStore own = new(postgres);
        await own.InitializeAsync();
        string user = await MakeUserAsync(own.Database);

        DoctorRun none = await RunAsync(As(user, own.Database));
        await ExecuteAsync(own.Database, $"""
            GRANT USAGE ON SCHEMA gallery, gallery_membership TO {user};
            GRANT ALL ON ALL TABLES IN SCHEMA gallery, gallery_membership TO {user};
            REVOKE DELETE ON gallery.images FROM {user};
            """);
        DoctorRun some = await RunAsync(As(user, own.Database));
        await ExecuteAsync(own.Database, $"GRANT DELETE ON gallery.images TO {user}");
        DoctorRun all = await RunAsync(As(user, own.Database));

        none.AssertWrong("database", "lacks USAGE on schema gallery");
        some.AssertWrong("database", "lacks DELETE on gallery.images.");
        all.AssertOk("database", $"'gallery' has version {VersionedSchema.Gallery.Version}");
    }

    [Fact]
    public async Task Doctor_MoreConnectionsThanTheServerHas_IsWrong() =>
        (await RunAsync(
            store.Database, ("Cluster:Id", store.NextCluster()), ("Postgres:MaxReadConnections", "900"))).AssertWrong(
            "database", "may have 914 connections", "max_connections");

    [Fact]
    public async Task Doctor_PortOfTheSiloThatIsTaken_IsWrong()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        DoctorRun run = await RunAsync(
            store.Database, ("Cluster:Id", store.NextCluster()), ("Cluster:GatewayPort", $"{port}"));

        run.AssertWrong("silo", "Cluster:GatewayPort", $"127.0.0.1:{port}");
    }

    [Theory]
    [InlineData("no such.name", "no known host name")]
    [InlineData("192.0.2.1", "needs Cluster:Certificate")]
    public async Task Doctor_AddressThatOthersCannotUse_IsWrong(string address, string words) =>
        (await RunAsync(
            store.Database, ("Cluster:Id", store.NextCluster()), ("Cluster:AdvertisedAddress", address)))
        .AssertWrong("silo", words);

    public void Dispose() => _folder.Dispose();

    private static string As(string user, string database) =>
        new NpgsqlConnectionStringBuilder(database) { Username = user }.ConnectionString;

    private static async Task<string> MakeUserAsync(string database)
    {
        string user = $"user_{Guid.NewGuid():N}";
        await ExecuteAsync(database, $"CREATE ROLE {user} LOGIN");
        return user;
    }

    // The server trusts everybody else as before.
    private async Task AskForPasswordsAsync(string user)
    {
        await ExecuteAsync(store.Database, $"""
            DO $do$ BEGIN EXECUTE format(
                'COPY (SELECT line FROM unnest(%L::text[]) AS line) TO %L',
                ARRAY['local all {user} scram-sha-256'] || string_to_array(pg_read_file('pg_hba.conf'), E'\n'),
                current_setting('hba_file'));
            END $do$;
            SELECT pg_reload_conf();
            """);
        try
        {
            while (true)
            {
                // The server reads the file in its own time.
                await ScalarAsync(As(user, store.Database), "SELECT pg_sleep(0.05)");
            }
        }
        catch (NpgsqlException)
        {
            // Without a password nobody gets in any more.
        }
    }

    private static async Task ExecuteAsync(string database, string text)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create($"{database};Pooling=false");
        await using NpgsqlCommand command = source.CreateCommand(text);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static async Task<object?> ScalarAsync(string database, string text)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create($"{database};Pooling=false");
        await using NpgsqlCommand command = source.CreateCommand(text);
        return await command.ExecuteScalarAsync(Cancelled);
    }

    private Task<DoctorRun> RunAsync(string database, params (string Key, string Value)[] settings) =>
        DoctorRun.OfAsync(
            _folder,
            [
                .. settings
                    .Append(("Server:Roles", Roles))
                    .Append(("Server:Urls", "http://127.0.0.1:0"))
                    .Append(("Server:DataFolder", _folder.File("data")))
                    .Append(("Server:Name", "doctor"))
                    .Append(("Cluster:Database", database))
                    .DistinctBy(setting => setting.Item1),
            ]);
}
