namespace OrleansGallery.Contracts;

/// <summary>
/// A threshold with its evidence: a sample of a gallery's images was searched in it, each compared with its own
/// identity without the image (genuine score) and with all other identities (impostor score: the best of them).
/// </summary>
public sealed record CalibrationResponse
{
    /// <summary>The false-positive identification rate (FPIR) that was wanted.</summary>
    public required double Fpir { get; init; }

    /// <summary>The lowest threshold found that keeps to it, -1 to 1.</summary>
    public required double Threshold { get; init; }

    /// <summary>FPIR of the sample at the threshold.</summary>
    public required double MeasuredFpir { get; init; }

    /// <summary>The lower end of where FPIR lies with 95 % confidence; images of one identity count as
    /// dependent.</summary>
    public required double FpirLow { get; init; }

    /// <summary>The upper end.</summary>
    public required double FpirHigh { get; init; }

    /// <summary>The smallest FPIR that so many images can show: 3 by their number.</summary>
    public required double SmallestFpir { get; init; }

    /// <summary>False-negative identification rate at the threshold; null: no identity of the sample has two
    /// images.</summary>
    public double? Fnir { get; init; }

    /// <summary>Images of the sample: each gave an impostor score.</summary>
    public required int Images { get; init; }

    /// <summary>Those of them that gave a genuine score.</summary>
    public required int GenuineImages { get; init; }

    /// <summary>Identities of the sample.</summary>
    public required int Identities { get; init; }

    /// <summary>Identities of the gallery, all of which were compared.</summary>
    public required long GalleryIdentities { get; init; }

    /// <summary>Images of the gallery.</summary>
    public required long GalleryImages { get; init; }

    /// <summary>What the sample was drawn by.</summary>
    public required int Seed { get; init; }

    /// <summary>The gallery's model; null: its vectors came as such.</summary>
    public string? Model { get; init; }

    /// <summary>The gallery's root hash when the measurement began.</summary>
    public required string RootHash { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Whether the threshold is the gallery's.</summary>
    public bool Applied { get; init; }

    /// <summary>Whether the gallery has doubled since, in identities or images: the more are enrolled, the higher is
    /// the best score of somebody who is not.</summary>
    public bool Stale { get; init; }

    /// <summary>Thresholds at equal distances, ascending, and what each does.</summary>
    public required IReadOnlyList<CalibrationPoint> Curve { get; init; }

    /// <summary>Whether a gallery of now is too large for this.</summary>
    /// <param name="identities">Its identities.</param>
    /// <param name="images">Its images.</param>
    /// <returns>Whether either has doubled.</returns>
    public bool IsStaleFor(long identities, long images) =>
        identities >= 2 * GalleryIdentities || images >= 2 * GalleryImages;
}
