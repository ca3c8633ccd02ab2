using System.Text;

namespace OrleansGallery.Testing;

/// <summary>
/// The golden vectors' weights and inputs, which are a formula of their name, so that nothing big is stored.
/// </summary>
public static class FormulaWeights
{
    /// <summary>FNV-1a, 64 bits, over a name's UTF-8 bytes.</summary>
    public static ulong Hash(string name)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ value) * 0x100000001b3;
        }

        return hash;
    }

    /// <summary>The uniform number of a name and a place.</summary>
    public static double Uniform(ulong hash, long index)
    {
        ulong z = hash + (ulong)index + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
    }

    /// <summary>The values of a tensor of a model.</summary>
    public static float[] Values(string name, IReadOnlyList<long> shape)
    {
        Func<double, double> rule = Rule(name, shape);
        return Fill(name, shape, rule);
    }

    /// <summary>The values of an input.</summary>
    public static float[] Input(string name, IReadOnlyList<long> shape) => Fill(name, shape, u => (4 * u) - 2);

    private static float[] Fill(string name, IReadOnlyList<long> shape, Func<double, double> rule)
    {
        ulong hash = Hash(name);
        float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)rule(Uniform(hash, i));
        }

        return values;
    }

    private static Func<double, double> Rule(string name, IReadOnlyList<long> shape)
    {
        if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
        {
            return _ => 0;
        }

        if (name.EndsWith("running_mean", StringComparison.Ordinal))
        {
            return u => 0.1 * ((2 * u) - 1);
        }

        if (name.EndsWith("running_var", StringComparison.Ordinal))
        {
            return u => 0.5 + u;
        }

        switch (shape.Count)
        {
            case 1:
                return name.EndsWith("weight", StringComparison.Ordinal)
                    ? u => 0.5 + (0.5 * u)
                    : u => 0.1 * ((2 * u) - 1);
            case 4:
                double scale = Math.Sqrt(3) * Math.Sqrt(2.0 / (shape[1] * shape[2] * shape[3]));
                return u => ((2 * u) - 1) * scale;
            default:
                return u => 0.05 * ((2 * u) - 1);
        }
    }
}
