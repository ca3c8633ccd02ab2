using System.Numerics.Tensors;
using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>From what a graph gave to one vector an image.</summary>
internal static class GraphPooling
{
    /// <param name="result">
    /// [B, D]; [B, tokens, D], of which one token or the mean counts; or a map [B, D, h, w], with planes last where the
    /// input has them last, of which the mean counts.
    /// </param>
    /// <param name="batch">How many images were given.</param>
    /// <param name="image">Which of them.</param>
    /// <param name="use">What counts.</param>
    public static float[] Embedding(OnnxResult result, int batch, int image, GraphUse use)
    {
        IReadOnlyList<long> shape = result.Shape;
        if (shape.Count is < 2 or > 4 || shape[0] != batch || shape.Any(side => side == 0)
            || result.Numbers.Length / batch > int.MaxValue)
        {
            throw new OnnxException(
                $"its output is [{string.Join(", ", shape)}] for {batch} images; [{batch}, D], [{batch}, tokens, D] or "
                + $"[{batch}, D, h, w] can be an embedding.");
        }

        int length = result.Numbers.Length / batch;
        ReadOnlySpan<float> numbers = result.Numbers.AsSpan(image * length, length);
        float[] embedding = shape.Count switch
        {
            2 => numbers.ToArray(),
            3 when use.Tokens == GraphTokens.First => numbers[..(int)shape[2]].ToArray(),
            3 => Mean(numbers, (int)shape[2], 1),
            _ when use.Layout == GraphLayout.Nhwc => Mean(numbers, (int)shape[3], 1),
            _ => Mean(numbers, (int)shape[1], (int)(shape[2] * shape[3])),
        };
        return use.Normalize ? Normalised(embedding) : embedding;
    }

    // Of each component over its places: beside each other (run > 1), or a whole vector apart.
    private static float[] Mean(ReadOnlySpan<float> numbers, int dimension, int run)
    {
        double[] sums = new double[dimension];
        for (int i = 0; i < numbers.Length; i++)
        {
            sums[i / run % dimension] += numbers[i];
        }

        int places = numbers.Length / dimension;
        return Array.ConvertAll(sums, sum => (float)(sum / places));
    }

    private static float[] Normalised(float[] embedding)
    {
        float norm = TensorPrimitives.Norm<float>(embedding);
        if (norm > 0 && float.IsFinite(norm))
        {
            TensorPrimitives.Divide(embedding, norm, embedding);
        }

        return embedding;
    }
}
