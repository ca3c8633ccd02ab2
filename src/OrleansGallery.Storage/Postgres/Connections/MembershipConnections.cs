using System.Data.Common;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// The membership's own few connections: a store that is busy must not hold up a silo's heartbeat, and a database that
/// does not answer must be noticed before the others take the silo for dead.
/// </summary>
public static class MembershipConnections
{
    /// <summary>The most connections of a process's membership.</summary>
    public const int MostConnections = 4;

    private const int SecondsToConnect = 3;
    private const int SecondsToAnswer = 3;
    private const int SecondsBetweenKeepAlives = 10;

    /// <summary>Opens nothing yet; dispose of it when the process ends.</summary>
    /// <param name="connectionString">The database; what is set here for the membership wins over what it says.</param>
    /// <returns>Connections that find the membership's tables by themselves.</returns>
    /// <exception cref="ArgumentException">The connection string is wrong.</exception>
    public static DbDataSource Create(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString)
        {
            SearchPath = VersionedSchema.Membership.Name,
            ApplicationName = "gallery membership",
            MaxPoolSize = MostConnections,
            MinPoolSize = 0,
            Timeout = SecondsToConnect,
            CommandTimeout = SecondsToAnswer,
            KeepAlive = SecondsBetweenKeepAlives,
            Multiplexing = false,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
