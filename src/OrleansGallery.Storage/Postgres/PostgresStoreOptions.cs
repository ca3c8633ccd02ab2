using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Storage;

/// <summary>Settings of the store in PostgreSQL. All silos together must stay below the server's
/// <c>max_connections</c>.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Postgres";

    /// <summary>Connections for commits, for taking partitions and for other writes. A silo commits on one at a time;
    /// more let partitions be taken and galleries be made meanwhile. Default: 4.</summary>
    [Range(2, 1000)]
    public int MaxWriteConnections { get; set; } = 4;

    /// <summary>Connections for short reads: identities, images, lists. More serve more of them at once. Default: 6.
    /// </summary>
    [Range(1, 1000)]
    public int MaxReadConnections { get; set; } = 6;

    /// <summary>Connections for loading partitions. They are apart, so that loading holds up neither commits nor short
    /// reads; at least twice <c>Partitions:LoadsAtOnce</c>, which loads as many partitions and reads as many ahead.
    /// Default: 4.</summary>
    [Range(2, 1000)]
    public int MaxLoadConnections { get; set; } = 4;

    /// <summary>Connections for verifying partitions. Default: 2.</summary>
    [Range(2, 1000)]
    public int MaxAuditConnections { get; set; } = 2;

    /// <summary>How long making a connection may take, and waiting for a free one. Default: 3 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the server may work on a statement before it ends it; where it does not even answer that, the
    /// connection is given up a little later. Longer lets slow disks finish large commits; shorter notices sooner
    /// that a server hangs. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long what may be repeated is repeated, all tries together, before the store counts as away. Longer
    /// hides longer failures, at the price of callers who wait. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan RetryTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most connections of a silo's store.</summary>
    public int AllConnections =>
        MaxWriteConnections + MaxReadConnections + MaxLoadConnections + MaxAuditConnections;
}
