using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>A query as the first stage reads it: its projection's codes and the bound's coefficients.</summary>
internal sealed class ProjectedQuery
{
    public ProjectedQuery(SearchBasis basis, ReadOnlySpan<float> unit)
    {
        Basis = basis;
        double[] wide = new double[basis.Dimension];
        double[] projection = new double[basis.Rank];
        basis.Project(unit, wide, projection);
        short[] codes = new short[basis.Rank];
        (double scale, double error) = QueryCodes.Quantize(projection, codes, BlockKernel.MaxQueryCode);
        Codes = Array.ConvertAll(codes, code => (sbyte)code);
        double squared = TensorPrimitives.SumOfSquares<double>(projection);
        Scale = (float)scale;
        ErrorFactor = Rounding.Up(CascadeBounds.Length(squared, basis.Rank) + error);
        Residual = Rounding.Up(CascadeBounds.Residual(basis, TensorPrimitives.SumOfSquares<double>(wide), squared));
        Constant = CascadeBounds.ProjectedConstant(basis, error);
        Offset = 128 * codes.Sum(code => (int)code);
    }

    /// <summary>The basis it was projected on.</summary>
    public SearchBasis Basis { get; }

    /// <summary>q, one per vector of the basis.</summary>
    public sbyte[] Codes { get; }

    /// <summary>What the rows' added 128 adds to a sum over codes.</summary>
    public int Offset { get; }

    /// <summary>v.</summary>
    public float Scale { get; }

    /// <summary>|b| + F.</summary>
    public float ErrorFactor { get; }

    /// <summary>|s|.</summary>
    public float Residual { get; }

    /// <summary>K.</summary>
    public float Constant { get; }
}
