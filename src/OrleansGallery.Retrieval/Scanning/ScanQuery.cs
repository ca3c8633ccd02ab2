using System.Collections.Frozen;

namespace OrleansGallery.Retrieval;

/// <summary>What a scan looks for.</summary>
public sealed class ScanQuery
{
    /// <summary>The most matches that can be asked for.</summary>
    public const int MaxTop = 1000;

    private readonly float[] _unit;

    /// <summary>A query by a unit vector; it is copied.</summary>
    /// <param name="unit">The query as <see cref="QueryVector"/> normalised it.</param>
    /// <param name="top">The number of matches wanted, 1 to <see cref="MaxTop"/>.</param>
    /// <exception cref="EmbeddingException">A component is NaN, infinite or too large, or all are zero.</exception>
    /// <exception cref="ArgumentException">The vector's length is not 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is out of range.</exception>
    public ScanQuery(ReadOnlySpan<float> unit, int top)
    {
        EmbeddingLimits.Validate(unit, unit.Length);
        if (!UnitVector.IsUnit(unit))
        {
            throw new ArgumentException("The query is no unit vector; normalise it first.", nameof(unit));
        }

        if (top is < 1 or > MaxTop)
        {
            throw new ArgumentOutOfRangeException(nameof(top), top, $"A search returns 1 to {MaxTop} matches.");
        }

        _unit = unit.ToArray();
        Top = top;
    }

    /// <summary>The query: a vector of length 1.</summary>
    public ReadOnlySpan<float> Unit => _unit;

    /// <summary>The number of matches wanted.</summary>
    public int Top { get; }

    /// <summary>The lowest score of a match; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN.</exception>
    public double? MinimumScore
    {
        get;
        init => field = value is double.NaN
            ? throw new ArgumentOutOfRangeException(nameof(MinimumScore), "The minimum score is NaN.")
            : value;
    }

    /// <summary>
    /// Which rows can be matches: one filter per snapshot, in their order; null for all rows. Only for scans of
    /// snapshots, which the filters were made of.
    /// </summary>
    public IReadOnlyList<RowFilter>? Filters { get; init; }

    /// <summary>Which identities can be matches, by their attributes; null: all.</summary>
    public AttributeFilter? Attributes { get; init; }

    /// <summary>
    /// The facet left out: rows of identities that have it are no matches, because rows without its images stand in
    /// their place (<see cref="FacetScanner"/>). Null: none.
    /// </summary>
    public string? ExcludedFacet { get; init; }

    /// <summary>The identities left out, compared as the set compares (use an ordinal one).</summary>
    public IReadOnlySet<string> Excluded { get; init; } = FrozenSet<string>.Empty;
}
