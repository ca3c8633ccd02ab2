using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OrleansGallery.Cli;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>A process that cannot be part of its cluster says why in one line, and ends with exit code 1.</summary>
[Trait("Category", "Cluster")]
public sealed class RefusedStartTests(ClusterStore store, PostgresDatabase empty, PostgresFixture postgres)
    : IClassFixture<ClusterStore>, IClassFixture<PostgresDatabase>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CertificateFolder _certificates = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gallery,embedding,api")]
    [InlineData("embedding")]
    [InlineData("api")]
    public async Task Serve_DatabaseWithoutTables_NamesTheCommand(string roles)
    {
        (int code, string output, string errors) = await GalleryProcess.RunAsync(
            "serve", "--data", _folder.File("data"), "--urls", "http://127.0.0.1:0", "--roles", roles,
            "--database", empty.ConnectionString);

        AssertOneLine(code, errors, "Cluster:Database", "run 'gallery store init'");
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("gallery_membership.schema_version")]
    [InlineData("gallery.schema_version")]
    public async Task Serve_DatabaseOfANewerProgram_IsRefused(string table)
    {
        await using ClusterStore newer = new(postgres);
        await newer.InitializeAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(newer.Database);
        await using NpgsqlCommand command = source.CreateCommand(
            $"UPDATE {table} SET version = 99");
        await command.ExecuteNonQueryAsync(Cancelled);

        (int code, string errors) = await ServeAsync(("Cluster:Database", newer.Database));

        AssertOneLine(code, errors, "Cluster:Database", "version 99", "start a newer one");
    }

    [Theory]
    [InlineData("nonsense", "Cluster:Database is no connection string")]
    [InlineData("Database=x", "names no Host")]
    [InlineData("Host=/nowhere;Database=x;Username=y", "Cluster:Database: The database x on /nowhere:5432 cannot")]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=z", "The database x on 127.0.0.1:1 cannot")]
    public async Task Serve_WrongConnectionString_IsRefused(string connection, string reason)
    {
        (int code, string errors) = await ServeAsync(("Cluster:Database", connection));
        AssertOneLine(code, errors, "Cluster:Database", reason);
    }

    [Fact]
    public async Task Serve_DatabaseThatIsNotThere_IsRefused()
    {
        (int code, string errors) = await ServeAsync(
            ("Cluster:Database", store.Database.Replace("Database=test", "Database=no", StringComparison.Ordinal)));
        AssertOneLine(code, errors, "Cluster:Database", "does not exist");
    }

    [Theory]
    [InlineData("Address", "0.0.0.0", "Cluster:Certificate")]
    [InlineData("Address", "192.0.2.1", "Cluster:Certificate")]
    [InlineData("AdvertisedAddress", "192.0.2.1", "Cluster:Certificate")]
    [InlineData("Address", "silo", "no IP address")]
    [InlineData("AdvertisedAddress", "no such.name", "no known host name")]
    [InlineData("Id", "a b", "Cluster:Id is 'a b'")]
    [InlineData("Certificate", "a.pem", "Cluster:CertificateAuthority is empty")]
    [InlineData("CertificateAuthority", "a.pem", "Cluster:Certificate is empty")]
    [InlineData("SiloPort", "70000", "SiloPort")]
    public async Task Serve_WrongClusterSetting_IsRefused(string key, string value, string reason)
    {
        (int code, string errors) = await ServeAsync(($"Cluster:{key}", value));
        Assert.Equal(1, code);
        Assert.Contains(errors.Split('\n'), line => line.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing", "there is no such file")]
    [InlineData("password", "password")]
    [InlineData("expired", "it was valid until 20")]
    [InlineData("future", "it is valid from 20")]
    [InlineData("key", "cannot be used")]
    [InlineData("use", "serverAuth and clientAuth")]
    [InlineData("authority", "not of Cluster:CertificateAuthority")]
    [InlineData("text", "cannot be used")]
    public async Task Serve_CertificateOfNoUse_IsRefused(string fault, string reason)
    {
        using CertificateFolder foreign = new();
        await File.WriteAllTextAsync(_certificates.Path("text"), "no certificate", Cancelled);
        (string certificate, string key) = fault switch
        {
            "missing" => (_certificates.Path("missing.pem"), ""),
            "password" => (_certificates.Pfx("a.pfx", "secret"), ""),
            "expired" => _certificates.Pem("a", -9, -1),
            "future" => _certificates.Pem("a", 1, 9),
            "key" => (_certificates.Pem("a").Certificate, _certificates.Pem("b").Key),
            "use" => _certificates.Pem("a", use: "1.3.6.1.5.5.7.3.3"),
            "authority" => foreign.Pem("a"),
            _ => (_certificates.Path("text"), ""),
        };

        (int code, string errors) = await ServeAsync(
            ("Cluster:Certificate", certificate), ("Cluster:CertificateKey", key),
            ("Cluster:CertificatePassword", fault == "password" ? "wrong" : ""),
            ("Cluster:CertificateAuthority", _certificates.Authority));

        AssertOneLine(code, errors, "Cluster:Certificate", reason);
    }

    [Fact]
    public async Task Serve_NameOfALivingSilo_IsRefusedAndOfAKilledOneTaken()
    {
        string cluster = store.NextCluster();
        string[] options = store.Options(_folder, cluster, "twin", "embedding");
        using GalleryProcess first = await GalleryProcess.ServeAsync(options);

        (int code, _, string errors) = await GalleryProcess.RunAsync(
            ["serve", "--urls", "http://127.0.0.1:0", .. options]);
        first.Kill();
        using GalleryProcess second = await GalleryProcess.ServeAsync(options);

        AssertOneLine(code, errors, "called 'twin' too", "Server:Name");
        Assert.True(second.IsRunning);
    }

    [Fact]
    public async Task Start_OnTheDatabaseOfAnotherCluster_IsRefused()
    {
        // Its own: whoever comes first has the database for good.
        await using ClusterStore claimed = new(postgres);
        await claimed.InitializeAsync();
        string cluster = claimed.NextCluster();
        ClusterMemberOptions first = new() { Database = claimed.Database, Id = cluster };
        ClusterMemberOptions second = new() { Database = claimed.Database, Id = "another" };
        await new ClusterCheck(first, TimeProvider.System).StartingAsync(Cancelled);
        await new ClusterCheck(first, TimeProvider.System).StartingAsync(Cancelled);

        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => new ClusterCheck(second, TimeProvider.System).StartingAsync(Cancelled));

        Assert.Contains($"serves the cluster '{cluster}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Cluster:Id", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60, "behind")]
    [InlineData(60, "ahead of")]
    public async Task Start_OnAMachineWhoseClockIsOff_IsRefused(int seconds, string way)
    {
        FakeTimeProvider time = new(DateTimeOffset.UtcNow.AddSeconds(seconds));
        ClusterCheck check = new(new ClusterMemberOptions { Database = store.Database }, time);

        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => check.StartingAsync(Cancelled));

        Assert.Contains($" s {way} the database's", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_IsRefused()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using ClusterStore unclaimed = new(postgres);
        await unclaimed.InitializeAsync();
        (int code, string errors) = await ServeAsync(
            ("Cluster:SiloPort", $"{port}"), ("Cluster:Database", unclaimed.Database));
        AssertOneLine(code, errors, "Cluster:SiloPort", $"127.0.0.1:{port}");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private static void AssertOneLine(int code, string errors, params string[] parts)
    {
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, code);
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    // Beside this process, so that what is set is only set for it.
    private async Task<(int Code, string Errors)> ServeAsync(params (string Key, string Value)[] settings)
    {
        Dictionary<string, Dictionary<string, string>> sections = settings
            .Append(("Server:Roles", "embedding"))
            .Append(("Server:Urls", "http://127.0.0.1:0"))
            .Append(("Cluster:Database", settings.FirstOrDefault(setting => setting.Key == "Cluster:Database").Value
                ?? store.Database))
            .DistinctBy(setting => setting.Item1)
            .GroupBy(setting => setting.Item1.Split(':')[0])
            .ToDictionary(section => section.Key, section => section.ToDictionary(
                setting => setting.Item1.Split(':')[1], setting => setting.Item2));
        string file = _folder.File("settings.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(sections), Cancelled);
        using StringWriter output = new();
        using StringWriter errors = new();
        int code = await CommandLine.RunAsync(
            ["serve", "--data", _folder.File("data"), "--config", file], output, errors);
        return (code, errors.ToString());
    }
}
