namespace OrleansGallery.Drawing;

/// <summary>What is drawn from uniform numbers.</summary>
public static class RandomNumbersExtensions
{
    /// <summary>Uniform between two numbers.</summary>
    /// <param name="random">The source.</param>
    /// <param name="low">Least.</param>
    /// <param name="high">Bound above.</param>
    /// <returns>The number.</returns>
    public static double Uniform(this IRandomNumbers random, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(random);
        return low + ((high - low) * random.NextDouble());
    }

    /// <summary>True with a probability.</summary>
    /// <param name="random">The source.</param>
    /// <param name="probability">0 to 1.</param>
    /// <returns>True that often.</returns>
    public static bool Chance(this IRandomNumbers random, double probability)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.NextDouble() < probability;
    }

    /// <summary>Normal with mean 0 and variance 1 (Box and Muller).</summary>
    /// <param name="random">The source.</param>
    /// <returns>The number.</returns>
    public static double Normal(this IRandomNumbers random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>Puts items into random order (Fisher and Yates).</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="random">The source.</param>
    /// <param name="items">The items.</param>
    public static void Shuffle<T>(this IRandomNumbers random, Span<T> items)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
