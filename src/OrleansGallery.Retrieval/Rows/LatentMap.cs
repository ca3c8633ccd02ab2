using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>A random linear map from latent dimensions to components: a vector of D per latent dimension.</summary>
public sealed class LatentMap
{
    private readonly float[][] _directions;

    private LatentMap(float[][] directions) => _directions = directions;

    /// <summary>A map that keeps lengths and angles: its directions are orthonormal.</summary>
    /// <param name="seed">The data's seed.</param>
    /// <param name="latents">The number of latent dimensions, at most D.</param>
    /// <param name="dimension">D.</param>
    public static LatentMap Orthonormal(int seed, int latents, int dimension)
    {
        float[][] directions = Draw(seed, latents, dimension);
        for (int i = 0; i < latents; i++)
        {
            // Twice is enough (Gram-Schmidt).
            for (int j = 0; j < 2 * i; j++)
            {
                float[] other = directions[j % i];
                float along = TensorPrimitives.Dot(directions[i], other);
                TensorPrimitives.MultiplyAdd(other, -along, directions[i], directions[i]);
            }

            TensorPrimitives.Divide(directions[i], TensorPrimitives.Norm(directions[i]), directions[i]);
        }

        return new(directions);
    }

    /// <summary>A map with independent normal entries of variance 1.</summary>
    /// <param name="seed">The data's seed.</param>
    /// <param name="latents">The number of latent dimensions.</param>
    /// <param name="dimension">D.</param>
    public static LatentMap Normal(int seed, int latents, int dimension) => new(Draw(seed, latents, dimension));

    /// <summary>Adds a latent vector's image.</summary>
    /// <param name="latent">One value per latent dimension.</param>
    /// <param name="components">D components, added to.</param>
    public void AddImage(ReadOnlySpan<float> latent, Span<float> components)
    {
        for (int i = 0; i < latent.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(_directions[i], latent[i], components, components);
        }
    }

    private static float[][] Draw(int seed, int latents, int dimension)
    {
        float[][] directions = new float[latents][];
        for (int i = 0; i < latents; i++)
        {
            directions[i] = new float[dimension];
            new RandomBits(seed, RowPurpose.Map, i).FillNormal(directions[i]);
        }

        return directions;
    }
}
