namespace OrleansGallery.Contracts;

/// <summary>What the scans behind an answer did.</summary>
public sealed record SearchEvidence
{
    /// <summary>Rows that were compared.</summary>
    public required long RowsScanned { get; init; }

    /// <summary>Rows whose canonical score was computed.</summary>
    public required long RowsRescored { get; init; }

    /// <summary>The score of the last match, where the answer is full.</summary>
    public double? KthScore { get; init; }

    /// <summary>The first stage, int8 codes of a learned projection.</summary>
    public required ScanStage Projected { get; init; }

    /// <summary>The second stage, int8 codes of the row.</summary>
    public required ScanStage Quantized { get; init; }

    /// <summary>Rows without codes yet, compared in float32.</summary>
    public required ScanStage Flat { get; init; }

    /// <summary>The largest bound by which a row was dropped without being scored, null where none was; rows that were
    /// scored and lost are at most the k-th score. Of a complete answer.</summary>
    public double? LargestDropped { get; init; }

    /// <summary>How long the slowest silo's scan took, in milliseconds; the rest of an answer's time went into the way
    /// there and back, and into waiting in line.</summary>
    public double ScanMs { get; init; }
}
