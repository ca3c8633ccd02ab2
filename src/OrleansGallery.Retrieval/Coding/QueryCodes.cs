using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>A query as the stages read it.</summary>
internal sealed class QueryCodes
{
    private readonly float[] _unit;
    private ProjectedQuery[] _first = [];

    public QueryCodes(ScanQuery query)
    {
        _unit = query.Unit.ToArray();
        int dimension = _unit.Length;
        double[] wide = new double[dimension];
        TensorPrimitives.ConvertTruncating<float, double>(_unit, wide);
        Wide = new short[ChunkCodes.StrideOf(dimension)];
        (WideScale, double error) = Quantize(wide, Wide.AsSpan(0, dimension), CascadeBounds.MaxWideCode(dimension));
        double length = CascadeBounds.Length(TensorPrimitives.SumOfSquares<double>(wide), dimension);
        ErrorFactor = length + error;
        Constant = CascadeBounds.QuantizedConstant(dimension, error);
    }

    /// <summary>The second stage's codes q, padded with zeros.</summary>
    public short[] Wide { get; }

    /// <summary>Their scale v.</summary>
    public double WideScale { get; }

    /// <summary>|y| + F of the second stage.</summary>
    public double ErrorFactor { get; }

    /// <summary>K of the second stage.</summary>
    public double Constant { get; }

    /// <summary>The first stage's codes for a basis; made once, whichever thread asks first.</summary>
    /// <param name="basis">The basis.</param>
    public ProjectedQuery For(SearchBasis basis)
    {
        ProjectedQuery[] known = Volatile.Read(ref _first);
        foreach (ProjectedQuery query in known)
        {
            if (ReferenceEquals(query.Basis, basis))
            {
                return query;
            }
        }

        ProjectedQuery made = new(basis, _unit);
        Interlocked.CompareExchange(ref _first, [.. known, made], known);
        return made;
    }

    /// <summary>Rounds a vector to codes times a scale.</summary>
    /// <param name="values">The vector.</param>
    /// <param name="codes">As many codes.</param>
    /// <param name="largestCode">Their largest size.</param>
    /// <returns>The scale, a float32 number, and the length of what the codes are off by.</returns>
    internal static (double Scale, double Error) Quantize(
        ReadOnlySpan<double> values, Span<short> codes, int largestCode)
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude(values));
        double scale = Rounding.Up(largest / largestCode);
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double code = scale == 0 ? 0 : Math.Clamp(Math.Round(values[i] / scale), -largestCode, largestCode);
            double off = values[i] - (scale * code);
            squares += off * off;
            codes[i] = (short)code;
        }

        return (scale, CascadeBounds.Length(squares, values.Length));
    }
}
