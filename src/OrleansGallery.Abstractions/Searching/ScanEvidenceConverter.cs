using OrleansGallery.Retrieval;

namespace OrleansGallery.Abstractions;

/// <summary>Carries <see cref="ScanEvidence"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class ScanEvidenceConverter : IConverter<ScanEvidence, ScanEvidenceOnTheWire>
{
    /// <inheritdoc />
    public ScanEvidence ConvertFromSurrogate(in ScanEvidenceOnTheWire surrogate) => new()
    {
        RowsScanned = surrogate.RowsScanned,
        RowsRescored = surrogate.RowsRescored,
        ProjectedBounded = surrogate.ProjectedBounded,
        ProjectedPassed = surrogate.ProjectedPassed,
        QuantizedBounded = surrogate.QuantizedBounded,
        QuantizedPassed = surrogate.QuantizedPassed,
        FlatBounded = surrogate.FlatBounded,
        FlatPassed = surrogate.FlatPassed,
        LargestDropped = surrogate.LargestDropped,
    };

    /// <inheritdoc />
    public ScanEvidenceOnTheWire ConvertToSurrogate(in ScanEvidence value) => new()
    {
        RowsScanned = value.RowsScanned,
        RowsRescored = value.RowsRescored,
        ProjectedBounded = value.ProjectedBounded,
        ProjectedPassed = value.ProjectedPassed,
        QuantizedBounded = value.QuantizedBounded,
        QuantizedPassed = value.QuantizedPassed,
        FlatBounded = value.FlatBounded,
        FlatPassed = value.FlatPassed,
        LargestDropped = value.LargestDropped,
    };
}
