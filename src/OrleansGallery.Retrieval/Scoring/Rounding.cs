namespace OrleansGallery.Retrieval;

/// <summary>What floating-point arithmetic can be off by, and roundings to the safe side.</summary>
internal static class Rounding
{
    /// <summary>The unit roundoff of float32.</summary>
    public const double Single = 1.0 / (1 << 24);

    /// <summary>The unit roundoff of float64.</summary>
    public const double Double = 1.0 / (1L << 53);

    /// <summary>
    /// How far n roundings can move a product, relatively: n u / (1 - n u) (Higham, Accuracy and Stability of Numerical
    /// Algorithms, 2nd ed., section 3.1).
    /// </summary>
    public static double Gamma(int operations, double unit) => operations * unit / (1 - (operations * unit));

    /// <summary>The smallest float32 that is not below a value.</summary>
    public static float Up(double value)
    {
        float rounded = (float)value;
        return rounded < value ? MathF.BitIncrement(rounded) : rounded;
    }

    /// <summary>The largest float32 that is not above a value.</summary>
    public static float Down(double value)
    {
        float rounded = (float)value;
        return rounded > value ? MathF.BitDecrement(rounded) : rounded;
    }
}
