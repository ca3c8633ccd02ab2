using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Retrieval;

/// <summary>One query on the chunks of one part: from bounds to matches.</summary>
internal ref struct ChunkScan
{
    private readonly QueryProgress _query;
    private readonly ReadOnlySpan<float> _unit;
    private readonly QueryCodes? _codes;
    private readonly RowFilter? _filter;
    private readonly string? _excludedFacet;
    private readonly long _stamp;
    private readonly double _flatSlack;
    private readonly float _projectedSlack;
    private readonly double _quantizedConstant;
    private readonly PartMarks _marks;
    private ref ScanEvidence _evidence;
    private ReadOnlySpan<ulong> _chunkMarks;
    private RowChunk _chunk = null!;
    private ChunkCodes _chunkCodes = null!;
    private int _number;
    private double _threshold;

    /// <param name="query">The query.</param>
    /// <param name="stamp">The snapshot's.</param>
    /// <param name="filter">Which rows can be matches; null: all.</param>
    /// <param name="marks">Which slots the attributes let be matches.</param>
    /// <param name="tuning">How to go about it.</param>
    /// <param name="evidence">What was done is added here.</param>
    public ChunkScan(
        QueryProgress query, long stamp, RowFilter? filter, PartMarks marks, ScanTuning tuning,
        ref ScanEvidence evidence)
    {
        (_query, _stamp, _filter) = (query, stamp, filter);
        _marks = marks;
        _unit = query.Query.Unit;
        _excludedFacet = query.Query.ExcludedFacet;
        _codes = query.Codes;
        _flatSlack = DotSlack.For(_unit.Length) + tuning.Flat;
        _projectedSlack = tuning.ProjectedSlack;
        _quantizedConstant = (_codes?.Constant ?? 0) + tuning.QuantizedSlack;
        _evidence = ref evidence;
    }

    public readonly int Top => _query.Query.Top;

    /// <summary>Goes to a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="codes">Its codes as they were read once for the part.</param>
    /// <param name="number">Its number in the table.</param>
    public void Enter(RowChunk chunk, ChunkCodes? codes, int number)
    {
        (_chunk, _chunkCodes, _number) = (chunk, codes!, number);
        _chunkMarks = _marks.Of(number);
        _threshold = _query.Best.Threshold;
    }

    /// <summary>Rows without codes: the float32 product bounds the score.</summary>
    public void ScanFlat()
    {
        int used = _chunk.Used;
        for (int slot = 0; slot < used; slot++)
        {
            if (!IsCandidate(slot))
            {
                continue;
            }

            _evidence.FlatBounded++;
            double bound = TensorPrimitives.Dot(_unit, _chunk.Row(slot)) + _flatSlack;
            if (!Drops(bound))
            {
                _evidence.FlatPassed++;
                Rescore(slot);
            }
        }
    }

    /// <summary>Rows without a projection, or whose projection tells nothing: the second stage for all.</summary>
    public void ScanQuantized()
    {
        int used = _chunk.Used;
        for (int slot = 0; slot < used; slot++)
        {
            if (!IsCandidate(slot))
            {
                continue;
            }

            _evidence.QuantizedBounded++;
            if (!Drops(QuantizedBound(slot)))
            {
                _evidence.QuantizedPassed++;
                Rescore(slot);
            }
        }
    }

    /// <summary>Rows whose first-stage bound reaches the k-th score.</summary>
    /// <param name="bounds">One per slot.</param>
    public void ScanBounded(ReadOnlySpan<float> bounds)
    {
        Span<short> passed = stackalloc short[RowChunk.MaxCapacity];

        // Minus infinity is what was looked at before, and never passes.
        float level = Math.Max(Rounding.Down(_threshold - _projectedSlack), float.MinValue);
        Check(passed[..Select(bounds, level, passed)]);
    }

    /// <summary>Takes out rows that a facet excludes, so that they do not pass for the best ones.</summary>
    /// <param name="bounds">One per slot; those of such rows become minus infinity.</param>
    public readonly void TakeOutExcluded(Span<float> bounds)
    {
        for (int slot = 0; _excludedFacet is not null && slot < bounds.Length; slot++)
        {
            if (IsExcluded(slot))
            {
                bounds[slot] = float.NegativeInfinity;
            }
        }
    }

    /// <summary>Rows whose first-stage bound reaches a level, whatever the k-th score is; they are taken out.</summary>
    /// <param name="level">The level.</param>
    /// <param name="bounds">One per slot; those taken become minus infinity.</param>
    public void TakeAbove(float level, Span<float> bounds)
    {
        Span<short> passed = stackalloc short[RowChunk.MaxCapacity];
        int count = 0;
        for (int slot = 0; slot < bounds.Length; slot++)
        {
            if (bounds[slot] >= Math.Max(level, float.MinValue))
            {
                bounds[slot] = float.NegativeInfinity;
                passed[count++] = (short)slot;
            }
        }

        Check(passed[..count]);
    }

    private void Check(scoped ReadOnlySpan<short> slots)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            if (i + 2 < slots.Length)
            {
                RowKernel.Prefetch(_chunkCodes.Row(slots[i + 2]));
            }

            int slot = slots[i];
            if (!IsCandidate(slot))
            {
                continue;
            }

            _evidence.ProjectedPassed++;
            _evidence.QuantizedBounded++;
            if (!Drops(QuantizedBound(slot)))
            {
                _evidence.QuantizedPassed++;
                Rescore(slot);
            }
        }
    }

    // The slots whose bound is not below the level; the largest of the others is noted.
    private readonly int Select(ReadOnlySpan<float> bounds, float level, Span<short> passed)
    {
        int count = 0;
        int slot = 0;
        float largest = float.NegativeInfinity;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> limit = Vector256.Create(level);
            Vector256<float> dropped = Vector256.Create(float.NegativeInfinity);
            ref float first = ref MemoryMarshal.GetReference(bounds);
            for (; slot + Vector256<float>.Count <= bounds.Length; slot += Vector256<float>.Count)
            {
                Vector256<float> values = Vector256.LoadUnsafe(ref first, (nuint)slot);
                Vector256<float> reaches = Vector256.GreaterThanOrEqual(values, limit);
                dropped = Vector256.MaxNative(dropped, Vector256.AndNot(values, reaches)
                    | (reaches & Vector256.Create(float.NegativeInfinity)));
                for (uint bits = reaches.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    passed[count++] = (short)(slot + System.Numerics.BitOperations.TrailingZeroCount(bits));
                }
            }

            for (int lane = 0; lane < Vector256<float>.Count; lane++)
            {
                largest = Math.Max(largest, dropped[lane]);
            }
        }

        for (; slot < bounds.Length; slot++)
        {
            if (bounds[slot] >= level)
            {
                passed[count++] = (short)slot;
            }
            else
            {
                largest = Math.Max(largest, bounds[slot]);
            }
        }

        if (!float.IsNegativeInfinity(largest))
        {
            _evidence.Drop((double)largest + _projectedSlack);
        }

        return count;
    }

    private readonly bool IsCandidate(int slot) =>
        (_chunkMarks.IsEmpty || RowMarks.Has(_chunkMarks, slot))
        && _chunk.IsVisible(slot, _stamp) && _filter?.Lets(_number, slot) != false && !IsExcluded(slot);

    private readonly bool IsExcluded(int slot) => _excludedFacet is not null && _chunk.HasFacet(slot, _excludedFacet);

    private readonly double QuantizedBound(int slot)
    {
        int sum = RowKernel.Sum(_chunkCodes.Row(slot), _codes!.Wide);
        return (sum * (_chunkCodes.QuantizedScales[slot] * _codes.WideScale))
            + (_chunkCodes.QuantizedErrors[slot] * _codes.ErrorFactor) + _quantizedConstant;
    }

    private readonly bool Drops(double bound)
    {
        if (bound < _threshold)
        {
            _evidence.Drop(bound);
            return true;
        }

        return false;
    }

    private void Rescore(int slot)
    {
        _evidence.RowsRescored++;
        double score = CanonicalScore.Score(_unit, _chunk.Row(slot));
        _threshold = _query.Best.Threshold;
        if (score >= _threshold && !_query.Query.Excluded.Contains(_chunk.Ids[slot]))
        {
            _query.Best.Offer(new(_chunk.Ids[slot], score, _chunk.Counts[slot]));
            _threshold = _query.Best.Threshold;
        }
    }
}
