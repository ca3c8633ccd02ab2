namespace OrleansGallery.Cli;

/// <summary>What <c>gallery bench load</c> does.</summary>
internal sealed record MixedLoadOptions
{
    /// <summary>For how long.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Vectors enrolled per second.</summary>
    public required double Pace { get; init; }

    /// <summary>Identities of vectors that are kept.</summary>
    public required int Identities { get; init; }

    /// <summary>A browser that opens the page; null: none.</summary>
    public required string? Browser { get; init; }

    /// <summary>Chooses vectors and images.</summary>
    public required int Seed { get; init; }
}
