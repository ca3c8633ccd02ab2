namespace OrleansGallery.Retrieval;

/// <summary>
/// How an answer was found, and why no other row belongs into it. Sums: of a thread's parts, of a scan's threads, of a
/// search's silos.
/// </summary>
public record struct ScanEvidence
{
    private double _largestDropped;
    private bool _hasDropped;

    /// <summary>The rows that were looked at.</summary>
    public long RowsScanned { readonly get; set; }

    /// <summary>Those whose canonical score was computed, because every bound reached the k-th score known by then.
    /// </summary>
    public long RowsRescored { readonly get; set; }

    /// <summary>Rows bounded by the int8 codes of their projection, the first stage: whole blocks of slots, those
    /// included that the snapshot does not show or a filter leaves out.</summary>
    public long ProjectedBounded { readonly get; set; }

    /// <summary>
    /// Those whose bound reached the k-th score known by then, so that the next stage looked at them.
    /// </summary>
    public long ProjectedPassed { readonly get; set; }

    /// <summary>Rows bounded by their own int8 codes, the second stage.</summary>
    public long QuantizedBounded { readonly get; set; }

    /// <summary>Those whose bound reached the k-th score known by then.</summary>
    public long QuantizedPassed { readonly get; set; }

    /// <summary>Rows without codes, bounded by a float32 product.</summary>
    public long FlatBounded { readonly get; set; }

    /// <summary>Those whose bound reached the k-th score known by then.</summary>
    public long FlatPassed { readonly get; set; }

    /// <summary>The largest bound of a row that was dropped by it, below the k-th score; null where no row was. In the
    /// first stage a row counts that the snapshot no longer shows.</summary>
    public double? LargestDropped
    {
        readonly get => _hasDropped ? _largestDropped : null;
        set => (_hasDropped, _largestDropped) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary>Adds what was done elsewhere for the same query.</summary>
    /// <param name="other">The other's.</param>
    public void Add(in ScanEvidence other)
    {
        RowsScanned += other.RowsScanned;
        RowsRescored += other.RowsRescored;
        ProjectedBounded += other.ProjectedBounded;
        ProjectedPassed += other.ProjectedPassed;
        QuantizedBounded += other.QuantizedBounded;
        QuantizedPassed += other.QuantizedPassed;
        FlatBounded += other.FlatBounded;
        FlatPassed += other.FlatPassed;
        if (other._hasDropped)
        {
            Drop(other._largestDropped);
        }
    }

    /// <summary>Notes a row that was dropped.</summary>
    internal void Drop(double bound)
    {
        if (!_hasDropped || bound > _largestDropped)
        {
            (_hasDropped, _largestDropped) = (true, bound);
        }
    }
}
