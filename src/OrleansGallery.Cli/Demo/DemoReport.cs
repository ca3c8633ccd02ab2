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

/// <summary>How well one way of searching did.</summary>
/// <param name="Rank1">Share of queries whose best match is right.</param>
/// <param name="Rank5">Share of queries with a right match among the best five.</param>
/// <param name="Vectors">Rows that a search compares.</param>
/// <param name="Bytes">Bytes of those rows.</param>
internal sealed record DemoMode(double Rank1, double Rank5, long Vectors, long Bytes);

/// <summary>Enrolment through the streaming API: decoding, embedding, commit.</summary>
/// <param name="ImagesPerSecond">Images made searchable per second.</param>
internal sealed record DemoIngest(double ImagesPerSecond);

/// <summary>Times of single searches, one after the other.</summary>
/// <param name="P50Ms">Median, in milliseconds.</param>
/// <param name="P99Ms">99th percentile, in milliseconds.</param>
internal sealed record DemoSearch(double P50Ms, double P99Ms);
