namespace OrleansGallery.Cli;

/// <summary>Times of single searches, one after the other.</summary>
/// <param name="P50Ms">Median, in milliseconds.</param>
/// <param name="P99Ms">99th percentile, in milliseconds.</param>
internal sealed record DemoSearch(double P50Ms, double P99Ms);
