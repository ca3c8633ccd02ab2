namespace OrleansGallery.Contracts;

/// <summary>How a gallery came by its threshold; the evidence is at <c>GET /v1/galleries/{g}/calibration</c>.</summary>
public sealed record CalibrationSummary
{
    /// <summary>The false-positive identification rate that was wanted.</summary>
    public required double Fpir { get; init; }

    /// <summary>The threshold found for it, which is the gallery's.</summary>
    public required double Threshold { get; init; }

    /// <summary>How many images it was measured with.</summary>
    public required int Images { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Whether the gallery has doubled since: calibrate it again.</summary>
    public required bool Stale { get; init; }
}
