using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// Identities in a latent space with three levels of variance: groups of uneven (Pareto) size, subgroups of each, and
/// the identity's own part. The standard deviation of latent dimension i falls as i^-0.35.
/// </summary>
public sealed class IdentityTree
{
    /// <summary>The variance of a sample about its identity, as a share of the identities' variance.</summary>
    public const double SampleShare = 0.30;

    private const int Groups = 256;
    private const int SubgroupsEach = 16;
    private const double GroupShare = 0.25;
    private const double SubgroupShare = 0.20;
    private const double IdentityShare = 0.55;
    private const double Decay = 0.35;

    // Pareto's own: a fifth of the groups holds four fifths of the identities.
    private const double ParetoExponent = 1.16;

    private readonly int _seed;
    private readonly float[] _deviations;
    private readonly double[] _cumulated = new double[Groups];
    private readonly float[][] _subgroups = new float[Groups * SubgroupsEach][];

    /// <summary>Draws groups and subgroups.</summary>
    /// <param name="seed">The data's seed.</param>
    /// <param name="latents">The number of latent dimensions.</param>
    public IdentityTree(int seed, int latents)
    {
        _seed = seed;
        _deviations = [.. Enumerable.Range(1, latents).Select(i => (float)Math.Pow(i, -Decay))];
        RandomBits bits = new(seed, RowPurpose.Groups, -1);
        double sum = 0;
        for (int group = 0; group < Groups; group++)
        {
            sum += Math.Pow(bits.NextDouble(), -1 / ParetoExponent);
            _cumulated[group] = sum;
        }

        for (int subgroup = 0; subgroup < _subgroups.Length; subgroup++)
        {
            float[] centre = _subgroups[subgroup] = new float[latents];
            Add(new(seed, RowPurpose.Groups, subgroup / SubgroupsEach), GroupShare, centre);
            Add(new(seed, RowPurpose.Subgroups, subgroup), SubgroupShare, centre);
        }
    }

    /// <summary>The number of latent dimensions.</summary>
    public int Latents => _deviations.Length;

    /// <summary>The expected squared length of an identity.</summary>
    public double Energy => TensorPrimitives.SumOfSquares(_deviations);

    /// <summary>Writes an identity.</summary>
    /// <param name="identity">Its number; any.</param>
    /// <param name="latent">One value per latent dimension.</param>
    /// <returns>The identity's random numbers, for what else its samples share.</returns>
    public RandomBits WriteIdentity(long identity, Span<float> latent)
    {
        RandomBits bits = new(_seed, RowPurpose.Identity, identity);
        int found = Array.BinarySearch(_cumulated, bits.NextDouble() * _cumulated[^1]);
        int group = Math.Min(found < 0 ? ~found : found, Groups - 1);
        int subgroup = (group * SubgroupsEach) + (int)(bits.Next() % SubgroupsEach);
        _subgroups[subgroup].CopyTo(latent);
        return Add(bits, IdentityShare, latent);
    }

    /// <summary>Adds to an identity what makes it the mean of some samples.</summary>
    /// <param name="bits">The samples' random numbers.</param>
    /// <param name="samples">How many.</param>
    /// <param name="latent">The identity; becomes the mean.</param>
    /// <returns>The random numbers, drawn from.</returns>
    public RandomBits AddSamples(RandomBits bits, int samples, Span<float> latent) =>
        Add(bits, SampleShare / samples, latent);

    private RandomBits Add(RandomBits bits, double share, Span<float> latent)
    {
        Span<float> drawn = stackalloc float[latent.Length];
        bits.FillNormal(drawn);
        TensorPrimitives.Multiply(drawn, (float)Math.Sqrt(share), drawn);
        TensorPrimitives.MultiplyAdd(drawn, _deviations, latent, latent);
        return bits;
    }
}
