namespace OrleansGallery.UnitTests.Imaging;

internal static class PixelAssert
{
    /// <summary>Mean and largest absolute difference, in levels of 0 to 255, at most so much.</summary>
    public static void Near(
        ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, double mean, int max, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        long sum = 0;
        int largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(expected[i] - actual[i]);
            sum += difference;
            largest = Math.Max(largest, difference);
        }

        double average = (double)sum / expected.Length;
        Assert.True(
            average <= mean && largest <= max,
            $"{what}: pixels differ by {average:F3} on average (allowed {mean}), {largest} at most (allowed {max}).");
    }

    public static void Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what) =>
        Near(expected, actual, 0, 0, what);
}
