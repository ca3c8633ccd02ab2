using OrleansGallery.Retrieval;

namespace OrleansGallery.Abstractions;

/// <summary><see cref="ScanEvidence"/> as it crosses the wire; its properties say what they are.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ScanEvidence")]
internal struct ScanEvidenceOnTheWire
{
    [Id(0)]
    public long RowsScanned { get; set; }

    [Id(1)]
    public long RowsRescored { get; set; }

    [Id(2)]
    public long ProjectedBounded { get; set; }

    [Id(3)]
    public long ProjectedPassed { get; set; }

    [Id(4)]
    public long QuantizedBounded { get; set; }

    [Id(5)]
    public long QuantizedPassed { get; set; }

    [Id(6)]
    public long FlatBounded { get; set; }

    [Id(7)]
    public long FlatPassed { get; set; }

    [Id(8)]
    public double? LargestDropped { get; set; }
}
