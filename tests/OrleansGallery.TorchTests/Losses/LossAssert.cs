using System.Text.Json;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>Numbers against the golden ones: 1e-5 absolute or 1e-4 relative, as the golden notes suggest.</summary>
internal static class LossAssert
{
    private const double Absolute = 1e-5;
    private const double Relative = 1e-4;

    public static void Close(JsonElement expected, Tensor actual, string what) =>
        Close(Flatten(expected), actual.detach().contiguous().data<float>().ToArray(), what);

    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], $"{what}[{i}]");
        }
    }

    public static void Close(double expected, double actual, string what) => Assert.True(
        Math.Abs(expected - actual) <= Math.Max(Absolute, Relative * Math.Abs(expected)),
        $"{what}: {actual} instead of {expected}");

    public static float[] Flatten(JsonElement values) => values.ValueKind switch
    {
        JsonValueKind.Array => [.. values.EnumerateArray().SelectMany(Flatten)],
        _ => [values.GetSingle()],
    };
}
