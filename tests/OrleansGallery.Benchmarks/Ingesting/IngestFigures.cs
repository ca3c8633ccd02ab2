namespace OrleansGallery.Benchmarks.Ingesting;

/// <summary>What came of the rounds: medians.</summary>
internal sealed record IngestFigures
{
    /// <summary>Vectors of a round.</summary>
    public required int Rows { get; init; }

    /// <summary>Components of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Identities over which they go.</summary>
    public required int Identities { get; init; }

    /// <summary>Vectors that were durable and searchable, per second, over HTTP.</summary>
    public required double VectorsPerSecond { get; init; }

    /// <summary>The same rows, per second, by the bare loop.</summary>
    public required double BareVectorsPerSecond { get; init; }

    /// <summary>The former by the latter, round by round.</summary>
    public required double Ratio { get; init; }

    /// <summary>Bytes that the process of service and client had written to the disk, per vector.</summary>
    public required double BytesWrittenPerVector { get; init; }
}
