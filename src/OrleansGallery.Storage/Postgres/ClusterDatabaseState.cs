namespace OrleansGallery.Storage;

/// <summary>What a process of a cluster would find in its database.</summary>
public sealed record ClusterDatabaseState
{
    /// <summary>Its name and where it is, without a password.</summary>
    public required string Database { get; init; }

    /// <summary>PostgreSQL's version.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it takes no writes: a standby.</summary>
    public required bool IsStandby { get; init; }

    /// <summary>How many connections ordinary users may have, all together.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>How many there are now.</summary>
    public required int Connections { get; init; }

    /// <summary>The rights that this user lacks, as in <c>DELETE on gallery.images</c>.</summary>
    public required IReadOnlyList<string> MissingRights { get; init; }

    /// <summary>The tables, by schema; empty where they may not be looked at.</summary>
    public required IReadOnlyList<SchemaStatus> Schemas { get; init; }

    /// <summary>How far this machine's clock is ahead of the database's; negative: behind.</summary>
    public required TimeSpan ClockOffset { get; init; }

    /// <summary>The cluster whose database it is; null: nobody's yet, or that is not known.</summary>
    public required string? Cluster { get; init; }
}
