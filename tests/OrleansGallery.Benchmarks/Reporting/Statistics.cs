namespace OrleansGallery.Benchmarks.Reporting;

/// <summary>Figures of repeated runs.</summary>
internal static class Statistics
{
    /// <summary>The middle value; of an even number of values the upper of the two.</summary>
    /// <param name="values">At least one value.</param>
    /// <returns>The median.</returns>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
