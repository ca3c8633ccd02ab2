namespace OrleansGallery.Imaging;

/// <summary>Both passes, one value at a time, as Pillow writes them: the oracle, and the way without vectors.</summary>
internal static class ScalarPass
{
    private const int Channels = PixelImage.Channels;

    /// <summary>One row of <paramref name="weights"/>.Inputs pixels to Outputs pixels.</summary>
    public static void Row(ReadOnlySpan<byte> source, ResampleWeights weights, Span<byte> destination)
    {
        for (int x = 0; x < weights.Outputs; x++)
        {
            ReadOnlySpan<int> taps = weights.Taps(x);
            for (int channel = 0; channel < Channels; channel++)
            {
                int sum = ResampleWeights.Rounding;
                int from = weights.Start(x) * Channels + channel;
                for (int i = 0; i < taps.Length; i++)
                {
                    sum += source[from + i * Channels] * taps[i];
                }

                destination[x * Channels + channel] = Clamp(sum);
            }
        }
    }

    /// <summary>One output row: the weighted sum of rows, from byte <paramref name="begin"/> on.</summary>
    public static void Column(
        ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<int> taps, Span<byte> destination, int begin = 0)
    {
        for (int i = begin; i < destination.Length; i++)
        {
            int sum = ResampleWeights.Rounding;
            for (int tap = 0; tap < taps.Length; tap++)
            {
                sum += rows[tap * stride + i] * taps[tap];
            }

            destination[i] = Clamp(sum);
        }
    }

    public static byte Clamp(int sum) => (byte)Math.Clamp(sum >> ResampleWeights.Precision, 0, 255);
}
