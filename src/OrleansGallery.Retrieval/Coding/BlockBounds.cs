using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The first stage's bounds of a block, from its sums: <see cref="CascadeBounds"/> tells why they hold.
/// </summary>
internal static class BlockBounds
{
    /// <summary>Computes the bounds of 32 rows.</summary>
    /// <param name="codes">The chunk's codes.</param>
    /// <param name="block">The block.</param>
    /// <param name="query">The query.</param>
    /// <param name="sums">[32], as <see cref="BlockKernel"/> gives them.</param>
    /// <param name="bounds">[32].</param>
    public static void Compute(
        ChunkCodes codes, int block, ProjectedQuery query, ReadOnlySpan<int> sums, Span<float> bounds)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            ComputeVector(codes, block, query, sums, bounds);
        }
        else
        {
            ComputeScalar(codes, block, query, sums, bounds);
        }
    }

    internal static void ComputeScalar(
        ChunkCodes codes, int block, ProjectedQuery query, ReadOnlySpan<int> sums, Span<float> bounds)
    {
        int first = block * ChunkCodes.BlockRows;
        for (int row = 0; row < ChunkCodes.BlockRows; row++)
        {
            float product = (sums[row] - query.Offset) * query.Scale * codes.ProjectedScales[first + row];
            bounds[row] = product + (codes.ProjectedErrors[first + row] * query.ErrorFactor)
                + (codes.Residuals[first + row] * query.Residual) + query.Constant;
        }
    }

    private static void ComputeVector(
        ChunkCodes codes, int block, ProjectedQuery query, ReadOnlySpan<int> sums, Span<float> bounds)
    {
        nuint first = (nuint)(block * ChunkCodes.BlockRows);
        ref int sum = ref MemoryMarshal.GetReference(sums[..ChunkCodes.BlockRows]);
        ref float bound = ref MemoryMarshal.GetReference(bounds[..ChunkCodes.BlockRows]);
        ref float scales = ref MemoryMarshal.GetArrayDataReference(codes.ProjectedScales);
        ref float errors = ref MemoryMarshal.GetArrayDataReference(codes.ProjectedErrors);
        ref float residuals = ref MemoryMarshal.GetArrayDataReference(codes.Residuals);
        Vector256<int> offset = Vector256.Create(query.Offset);
        Vector256<float> scale = Vector256.Create(query.Scale);
        Vector256<float> errorFactor = Vector256.Create(query.ErrorFactor);
        Vector256<float> residual = Vector256.Create(query.Residual);
        Vector256<float> constant = Vector256.Create(query.Constant);
        for (nuint row = 0; row < ChunkCodes.BlockRows; row += (nuint)Vector256<float>.Count)
        {
            nuint at = first + row;
            Vector256<float> exact = Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref sum, row) - offset);
            Vector256<float> rest = Vector256.MultiplyAddEstimate(
                Vector256.LoadUnsafe(ref errors, at),
                errorFactor,
                Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref residuals, at), residual, constant));
            Vector256.MultiplyAddEstimate(exact * scale, Vector256.LoadUnsafe(ref scales, at), rest)
                .StoreUnsafe(ref bound, row);
        }
    }
}
