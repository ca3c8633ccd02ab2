using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A database with the membership's tables; each cluster in it has a name of its own.</summary>
public sealed class MembershipDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly PostgresDatabase _database = new(postgres);
    private int _clusters;

    internal PostgresDatabase Postgres => _database;

    internal string NextCluster() => $"cluster-{Interlocked.Increment(ref _clusters)}";

    /// <summary>One process of a new cluster.</summary>
    internal Task<MembershipParty> JoinAsync() => MembershipParty.JoinAsync(_database.ConnectionString, NextCluster());

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (postgres.IsInstalled)
        {
            await using NpgsqlDataSource source = NpgsqlDataSource.Create(_database.ConnectionString);
            await VersionedSchema.Membership.ApplyAsync(source, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
