namespace OrleansGallery.Imaging;

/// <summary>
/// For every output position along one axis: which inputs it sums and their weights, as 22-bit fixed-point integers.
/// The steps and their order are those of Pillow's <c>precompute_coeffs</c> and <c>normalize_coeffs_8bpc</c>, because
/// every rounding counts.
/// </summary>
internal sealed class ResampleWeights
{
    /// <summary>Fraction bits of a weight: 32 less 8 for the pixel and 2 for sign and overshoot.</summary>
    public const int Precision = 22;

    /// <summary>One half, added before the fraction bits are cut.</summary>
    public const int Rounding = 1 << (Precision - 1);

    /// <summary>
    /// Up to this sum of magnitudes per output, no partial sum of pixel times weight leaves an int, in whatever order
    /// it is added: 255 x 8,413,280 + 2^21 = 2,147,483,552 &lt; 2^31. That is 2.006 x 2^22; normalised weights have
    /// 1 x 2^22 (bilinear) to 1.25 x 2^22 (bicubic), plus a half per tap from rounding.
    /// </summary>
    private const long MaxMagnitude = (int.MaxValue - Rounding) / 255;

    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _weights;

    public ResampleWeights(int inputs, int outputs, ResizeFilter filter)
        : this(inputs, outputs, filter, 0, outputs)
    {
    }

    /// <param name="inputs">The side as it is.</param>
    /// <param name="whole">The side as it shall be.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="first">The first output that is wanted.</param>
    /// <param name="outputs">How many are.</param>
    public ResampleWeights(int inputs, long whole, ResizeFilter filter, long first, int outputs)
    {
        double scale = (double)inputs / whole;
        double filterScale = Math.Max(scale, 1.0);
        double support = Support(filter) * filterScale;
        // Even, so that vector code may take two taps at a time: a tap too many has weight zero.
        MaxTaps = (int)Math.Ceiling(support) * 2 + 2;
        Inputs = inputs;
        Outputs = outputs;
        _starts = new int[outputs];
        _counts = new int[outputs];
        _weights = new int[checked(outputs * MaxTaps)];
        double inverse = 1.0 / filterScale;
        double[] row = new double[MaxTaps];
        for (int output = 0; output < outputs; output++)
        {
            double center = (first + output + 0.5) * scale;
            int start = Math.Max(0, (int)(center - support + 0.5));
            int count = Math.Min(inputs, (int)(center + support + 0.5)) - start;
            double total = 0;
            for (int i = 0; i < count; i++)
            {
                row[i] = Filter(filter, (i + start - center + 0.5) * inverse);
                total += row[i];
            }

            _starts[output] = start;
            _counts[output] = count;
            Quantise(row.AsSpan(0, count), total, _weights.AsSpan(output * MaxTaps, count));
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The room per output; the weights after an output's own are zero.</summary>
    public int MaxTaps { get; }

    /// <summary>Bytes held, for the cache's budget.</summary>
    public long Bytes => (long)sizeof(int) * (_weights.Length + _starts.Length + _counts.Length);

    /// <summary>The first input of an output.</summary>
    public int Start(int output) => _starts[output];

    /// <summary>The weights of an output's inputs, in order.</summary>
    public ReadOnlySpan<int> Taps(int output) => _weights.AsSpan(output * MaxTaps, _counts[output]);

    /// <summary>The same, with a zero behind an odd number.</summary>
    public ReadOnlySpan<int> EvenTaps(int output) =>
        _weights.AsSpan(output * MaxTaps, _counts[output] + (_counts[output] & 1));

    private static void Quantise(ReadOnlySpan<double> weights, double total, Span<int> fixedPoint)
    {
        long magnitude = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = total == 0 ? weights[i] : weights[i] / total;
            double scaled = weight * (1 << Precision);
            fixedPoint[i] = (int)(weight < 0 ? scaled - 0.5 : scaled + 0.5);
            magnitude += Math.Abs(fixedPoint[i]);
        }

        if (magnitude > MaxMagnitude)
        {
            throw new InvalidOperationException($"Weights of magnitude {magnitude} could overflow a 32-bit sum.");
        }
    }

    private static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Bilinear => 1.0,
        ResizeFilter.Bicubic => 2.0,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "There are Bilinear and Bicubic."),
    };

    private static double Filter(ResizeFilter filter, double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        if (filter == ResizeFilter.Bilinear)
        {
            return x < 1.0 ? 1.0 - x : 0.0;
        }

        return x < 1.0
            ? ((a + 2.0) * x - (a + 3.0)) * x * x + 1
            : x < 2.0 ? (((x - 5) * x + 8) * x - 4) * a : 0.0;
    }
}
