namespace OrleansGallery.Cli;

/// <summary>What <c>gallery demo --json</c> prints.</summary>
internal sealed record DemoReport
{
    public required int Identities { get; init; }

    /// <summary>Enrolled images.</summary>
    public required int Images { get; init; }

    public required int Queries { get; init; }

    /// <summary>One centroid per identity is searched.</summary>
    public required DemoMode Centroid { get; init; }

    /// <summary>Every enrolled image is searched, as an identity of its own.</summary>
    public required DemoMode Instance { get; init; }

    /// <summary>Bytes of the store on disk, of both galleries.</summary>
    public required long StoredBytes { get; init; }

    public required DemoIngest Ingest { get; init; }

    /// <summary>Of the centroid gallery, image file to answer.</summary>
    public required DemoSearch Search { get; init; }

    public required string RootHash { get; init; }

    public required string Model { get; init; }

    public required bool ModelTrained { get; init; }
}
