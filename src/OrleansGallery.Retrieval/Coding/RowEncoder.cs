using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>Computes rows' codes. It has scratch of its own: one per thread.</summary>
internal sealed class RowEncoder(RowCoding coding)
{
    private readonly double[] _row = new double[coding.Dimension];
    private readonly double[] _projection = new double[coding.Rank];
    private readonly sbyte[] _codes = new sbyte[coding.Rank];

    public RowCoding Coding => coding;

    /// <summary>Writes a slot's codes.</summary>
    /// <param name="row">[D], a unit vector.</param>
    /// <param name="codes">Where they go; of the same coding.</param>
    /// <param name="slot">The next slot.</param>
    public void Encode(ReadOnlySpan<float> row, ChunkCodes codes, int slot)
    {
        if (coding.Basis is { } basis)
        {
            EncodeProjection(basis, row, codes, slot);
        }
        else
        {
            TensorPrimitives.ConvertTruncating<float, double>(row, _row);
        }

        Span<sbyte> target = codes.RowToWrite(slot);
        (codes.QuantizedScales[slot], double error) = Quantize(_row, target[..row.Length]);
        codes.QuantizedErrors[slot] = Rounding.Up(error);
        target[row.Length..].Clear();
        codes.NoteWritten(slot);
    }

    /// <summary>Rounds a vector to codes times a scale.</summary>
    /// <param name="values">The vector.</param>
    /// <param name="codes">As many codes, at most <see cref="CascadeBounds.MaxCode"/> in size.</param>
    /// <returns>The scale, and the length of what the codes are off by, not below the true one.</returns>
    internal static (float Scale, double Error) Quantize(ReadOnlySpan<double> values, Span<sbyte> codes)
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude(values));
        float scale = Rounding.Up(largest / CascadeBounds.MaxCode);
        double inverse = scale == 0 ? 0 : 1.0 / scale;
        double wide = scale;
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double code = Math.Clamp(Math.Round(values[i] * inverse), -CascadeBounds.MaxCode, CascadeBounds.MaxCode);
            double off = values[i] - (wide * code);
            squares += off * off;
            codes[i] = (sbyte)code;
        }

        return (scale, CascadeBounds.Length(squares, values.Length));
    }

    private void EncodeProjection(SearchBasis basis, ReadOnlySpan<float> row, ChunkCodes codes, int slot)
    {
        basis.Project(row, _row, _projection);
        (codes.ProjectedScales[slot], double error) = Quantize(_projection, _codes);
        codes.ProjectedErrors[slot] = Rounding.Up(error);
        codes.Residuals[slot] = Rounding.Up(CascadeBounds.Residual(
            basis, TensorPrimitives.SumOfSquares<double>(_row), TensorPrimitives.SumOfSquares<double>(_projection)));
        Span<byte> block = codes.BlockToWrite(slot);
        int place = slot % ChunkCodes.BlockRows * ChunkCodes.Group;
        for (int i = 0; i < _codes.Length; i += ChunkCodes.Group, place += ChunkCodes.BlockRows * ChunkCodes.Group)
        {
            for (int j = 0; j < ChunkCodes.Group; j++)
            {
                block[place + j] = (byte)(_codes[i + j] + 128);
            }
        }
    }
}
