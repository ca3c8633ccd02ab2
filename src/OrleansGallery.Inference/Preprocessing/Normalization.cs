namespace OrleansGallery.Inference.Preprocessing;

/// <summary>Mean and standard deviation per channel (red, green, blue), on the scale 0 to 1, that a model was trained
/// with.</summary>
public sealed class Normalization
{
    private const int Levels = 256;

    private readonly float[] _table = new float[3 * Levels];

    /// <summary>Creates a normalisation.</summary>
    /// <param name="mean">Three means.</param>
    /// <param name="std">Three standard deviations, above 0.</param>
    /// <exception cref="ArgumentException">Not three finite numbers each, or a deviation not above 0.</exception>
    public Normalization(IReadOnlyList<float> mean, IReadOnlyList<float> std)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(std);
        if (mean.Count != 3 || std.Count != 3 || !mean.All(float.IsFinite) || !std.All(s => float.IsFinite(s) && s > 0))
        {
            throw new ArgumentException(
                $"A normalisation has three means and three deviations above 0, not [{string.Join(", ", mean)}] and "
                + $"[{string.Join(", ", std)}].");
        }

        (Mean, Std) = ([.. mean], [.. std]);
        for (int i = 0; i < _table.Length; i++)
        {
            // In torchvision's order and precision: ToTensor divides, Normalize subtracts and divides, all in float32.
            _table[i] = ((i % Levels / 255f) - mean[i / Levels]) / std[i / Levels];
        }
    }

    /// <summary>ImageNet's, which the paper's models use.</summary>
    public static Normalization ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>The means.</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>The standard deviations.</summary>
    public IReadOnlyList<float> Std { get; }

    /// <summary>The normalised value of each of the 256 levels of a channel.</summary>
    /// <param name="channel">0 red, 1 green, 2 blue.</param>
    /// <returns>256 values.</returns>
    internal ReadOnlySpan<float> Levels256(int channel) => _table.AsSpan(channel * Levels, Levels);
}
