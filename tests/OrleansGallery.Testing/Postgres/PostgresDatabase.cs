using Npgsql;
using Xunit;

namespace OrleansGallery.Testing;

/// <summary>An empty database for one test class: a class fixture over <see cref="PostgresFixture"/>.</summary>
/// <param name="postgres">The assembly's server.</param>
public sealed class PostgresDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string _name = postgres.NextDatabase();

    private PostgresServer? _server;

    /// <summary>The database's server; the test that asks is skipped where PostgreSQL is not installed.</summary>
    public PostgresServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, "PostgreSQL 15 is not installed (apt-get install postgresql-15).");
            return _server!;
        }
    }

    /// <summary>How to reach it; the test that asks is skipped where PostgreSQL is not installed.</summary>
    public string ConnectionString => Server.ConnectionString(_name);

    /// <summary>How to reach it through a proxy.</summary>
    /// <param name="proxy">A proxy that leads to <see cref="PostgresServer.Address"/>.</param>
    /// <returns>An Npgsql connection string.</returns>
    public string Through(CuttableProxy proxy)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        return new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Host = proxy.Address.Address.ToString(),
            Port = proxy.Address.Port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (postgres.IsInstalled)
        {
            PostgresServer server = await postgres.ServerAsync();
            await ExecuteAsync(server, $"CREATE DATABASE {_name}");
            _server = server;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(PostgresServer server, string text)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server.ConnectionString() + ";Pooling=false");
        await using NpgsqlCommand command = source.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }
}
