using System.Collections.Concurrent;

namespace OrleansGallery.Imaging;

/// <summary>
/// Weights by side, filter and what is wanted of the result: camera streams repeat a few sizes. Safe for concurrent
/// use.
/// </summary>
internal static class WeightCache
{
    /// <summary>A bound on memory when every image has another size; then the cache begins anew.</summary>
    private const long Budget = 16 << 20;

    private static readonly ConcurrentDictionary<(int, long, ResizeFilter, long, int), ResampleWeights> Cache = [];
    private static long s_bytes;

    public static ResampleWeights Get(int inputs, int outputs, ResizeFilter filter) =>
        Get(inputs, outputs, filter, 0, outputs);

    public static ResampleWeights Get(int inputs, long whole, ResizeFilter filter, long first, int outputs)
    {
        if (Cache.TryGetValue((inputs, whole, filter, first, outputs), out ResampleWeights? cached))
        {
            return cached;
        }

        ResampleWeights weights = new(inputs, whole, filter, first, outputs);
        if (Interlocked.Add(ref s_bytes, weights.Bytes) > Budget)
        {
            Cache.Clear();
            Interlocked.Exchange(ref s_bytes, weights.Bytes);
        }

        Cache[(inputs, whole, filter, first, outputs)] = weights;
        return weights;
    }
}
