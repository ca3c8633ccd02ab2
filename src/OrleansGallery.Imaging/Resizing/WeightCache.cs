using System.Collections.Concurrent;

namespace OrleansGallery.Imaging;

/// <summary>Weights by (inputs, outputs, filter): camera streams repeat a few sizes. Safe for concurrent use.</summary>
internal static class WeightCache
{
    /// <summary>A bound on memory when every image has another size; then the cache begins anew.</summary>
    private const long Budget = 16 << 20;

    private static readonly ConcurrentDictionary<(int, int, ResizeFilter), ResampleWeights> Cache = [];
    private static long s_bytes;

    public static ResampleWeights Get(int inputs, int outputs, ResizeFilter filter)
    {
        if (Cache.TryGetValue((inputs, outputs, filter), out ResampleWeights? cached))
        {
            return cached;
        }

        ResampleWeights weights = new(inputs, outputs, filter);
        if (Interlocked.Add(ref s_bytes, weights.Bytes) > Budget)
        {
            Cache.Clear();
            Interlocked.Exchange(ref s_bytes, weights.Bytes);
        }

        Cache[(inputs, outputs, filter)] = weights;
        return weights;
    }
}
