namespace OrleansGallery.Abstractions;

/// <summary>What the stages of a scan did: how many rows each bounded, and how many it passed on.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ScanStages")]
public sealed record ScanStages
{
    /// <summary>Rows bounded by the int8 codes of their projection, in whole blocks.</summary>
    [Id(0)]
    public required long ProjectedBounded { get; init; }

    /// <summary>Those whose bound reached the k-th score known by then.</summary>
    [Id(1)]
    public required long ProjectedPassed { get; init; }

    /// <summary>Rows bounded by their own int8 codes.</summary>
    [Id(2)]
    public required long QuantizedBounded { get; init; }

    /// <summary>Those whose bound reached the k-th score known by then.</summary>
    [Id(3)]
    public required long QuantizedPassed { get; init; }

    /// <summary>Rows without codes, bounded by a float32 product.</summary>
    [Id(4)]
    public required long FlatBounded { get; init; }

    /// <summary>Those whose bound reached the k-th score known by then.</summary>
    [Id(5)]
    public required long FlatPassed { get; init; }

    /// <summary>The largest bound by which a row was dropped, below the k-th score; null where none was.</summary>
    [Id(6)]
    public double? LargestDropped { get; init; }

    /// <summary>Adds another silo's stages.</summary>
    /// <param name="other">The other's.</param>
    /// <returns>Sums, and the larger of the largest bounds dropped.</returns>
    public ScanStages Plus(ScanStages other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            ProjectedBounded = ProjectedBounded + other.ProjectedBounded,
            ProjectedPassed = ProjectedPassed + other.ProjectedPassed,
            QuantizedBounded = QuantizedBounded + other.QuantizedBounded,
            QuantizedPassed = QuantizedPassed + other.QuantizedPassed,
            FlatBounded = FlatBounded + other.FlatBounded,
            FlatPassed = FlatPassed + other.FlatPassed,
            LargestDropped = LargestDropped is { } own && other.LargestDropped is { } others
                ? Math.Max(own, others)
                : LargestDropped ?? other.LargestDropped,
        };
    }
}
