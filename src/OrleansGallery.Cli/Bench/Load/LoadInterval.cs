namespace OrleansGallery.Cli;

/// <summary>What was done between two readings of the service's memory.</summary>
internal sealed record LoadInterval
{
    /// <summary>When it ended, in seconds since the beginning.</summary>
    public required double Seconds { get; init; }

    /// <summary>The service's resident memory then, in bytes.</summary>
    public required long WorkingSet { get; init; }

    /// <summary>Cores that the service kept busy.</summary>
    public required double Cores { get; init; }

    /// <summary>Vectors enrolled.</summary>
    public required long Vectors { get; init; }

    /// <summary>Image files enrolled.</summary>
    public required long Images { get; init; }

    /// <summary>Identities deleted.</summary>
    public required long Deleted { get; init; }

    /// <summary>Searches by vector and by image file.</summary>
    public required long Searches { get; init; }

    /// <summary>Median time of a search by vector, in milliseconds; NaN: there was none.</summary>
    public required double SearchP50Ms { get; init; }

    /// <summary>Its 99th percentile.</summary>
    public required double SearchP99Ms { get; init; }
}
