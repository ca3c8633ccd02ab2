using System.Text.Json;

namespace OrleansGallery.TorchTests.Networks;

/// <summary>Compares arrays with golden ones within the golden README's tolerances.</summary>
internal static class GoldenNumbers
{
    public static void AssertChecksum(JsonElement check, float[] values, double tolerance)
    {
        double magnitude = check.GetProperty("abs_sum").GetDouble();
        double slack = Math.Max(1e-9, tolerance * magnitude);
        Assert.Equal(check.GetProperty("n").GetInt32(), values.Length);
        Assert.Equal(check.GetProperty("sum").GetDouble(), values.Sum(v => (double)v), slack);
        Assert.Equal(magnitude, values.Sum(v => Math.Abs((double)v)), slack);
        float[] first = [.. check.GetProperty("first4").EnumerateArray().Select(v => v.GetSingle())];
        float each = (float)Math.Max(1e-9, tolerance * magnitude / values.Length);
        for (int i = 0; i < first.Length; i++)
        {
            Assert.Equal(first[i], values[i], Math.Max(each, (float)tolerance * Math.Abs(first[i])));
        }
    }

    // Relative; what cancels to nearly nothing is held against the array's mean magnitude.
    public static void AssertClose(
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what, float tolerance = 1e-4f)
    {
        Assert.Equal(expected.Length, actual.Length);
        float floor = 0;
        foreach (float value in expected)
        {
            floor += Math.Abs(value) / expected.Length;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            float slack = tolerance * Math.Max(Math.Abs(expected[i]), floor);
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= slack, $"{what}[{i}]: {actual[i]} instead of {expected[i]}");
        }
    }
}
