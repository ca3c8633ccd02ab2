using System.Buffers;
using System.Numerics.Tensors;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Testing;

/// <summary>
/// Rows as raw pooled features are: 96 latent dimensions in the clusters of <see cref="IdentityTree"/>, through
/// ReLU(W z + b) with log-normal channel gains. No component is negative, and the mean vector holds half of the energy.
/// The noise of <see cref="ClusteredRows"/> is added before the ReLU; a row is the mean of 4 samples.
/// </summary>
public sealed class ReluRows : IRowSource
{
    private const int Latents = 96;
    private const float MeanBias = 0.5f;
    private const float BiasDeviation = 0.5f;
    private const float LogGainDeviation = 0.5f;

    private readonly int _seed;
    private readonly IdentityTree _tree;
    private readonly LatentMap _map;
    private readonly float[] _biases;
    private readonly float[] _gains;

    /// <summary>Draws the map and the channels.</summary>
    /// <param name="seed">Another seed, other rows.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="dimension">The number of components.</param>
    public ReluRows(int seed, int count, int dimension)
    {
        _seed = seed;
        Count = count;
        Dimension = dimension;
        _tree = new(seed, Latents);
        _map = LatentMap.Normal(seed, Latents, dimension);
        RandomBits channels = new(seed, RowPurpose.Channels, 0);
        _biases = new float[dimension];
        Array.Fill(_biases, MeanBias);
        channels.AddNormal(BiasDeviation, _biases);
        _gains = new float[dimension];
        channels.AddNormal(LogGainDeviation, _gains);
        TensorPrimitives.Exp(_gains, _gains);
    }

    /// <inheritdoc/>
    public string Description => $"clustered, ReLU-like ({Latents} latent dimensions)";

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void WriteRow(int row, Span<float> unit) =>
        Write(row, new(_seed, RowPurpose.Row, row), ClusteredRows.SamplesPerRow, unit);

    /// <inheritdoc/>
    public void WriteQuery(int query, Span<float> unit) =>
        Write(QueryTarget.Of(_seed, Count, query), new(_seed, RowPurpose.Query, query), 1, unit);

    private void Write(long identity, RandomBits bits, int samples, Span<float> unit)
    {
        float noise = (float)Math.Sqrt(ClusteredRows.NoiseShare);
        float[] rented = ArrayPool<float>.Shared.Rent(2 * Dimension);
        Span<float> shared = rented.AsSpan(0, Dimension);
        Span<float> activation = rented.AsSpan(Dimension, Dimension);
        Span<float> mean = stackalloc float[Latents];
        Span<float> latent = stackalloc float[Latents];
        RandomBits own = _tree.WriteIdentity(identity, mean);

        // What all samples share before the ReLU; W z has variance 1 for the identities.
        TensorPrimitives.Divide(mean, (float)Math.Sqrt(_tree.Energy), mean);
        _biases.CopyTo(shared);
        own.AddNormal(noise, shared);
        _map.AddImage(mean, shared);
        unit.Clear();
        for (int sample = 0; sample < samples; sample++)
        {
            latent.Clear();
            bits = _tree.AddSamples(bits, 1, latent);
            TensorPrimitives.Divide(latent, (float)Math.Sqrt(_tree.Energy), latent);
            shared.CopyTo(activation);
            _map.AddImage(latent, activation);
            bits.AddNormal(noise, activation);
            TensorPrimitives.Max(activation, 0f, activation);
            TensorPrimitives.Add(unit, activation, unit);
        }

        TensorPrimitives.Multiply(unit, _gains, unit);
        ArrayPool<float>.Shared.Return(rented);
        if (TensorPrimitives.Max<float>(unit) == 0)
        {
            // No channel fired, which only a handful of dimensions makes likely; zero has no direction.
            unit[0] = 1;
        }

        QueryVector.Normalize(unit, unit);
    }
}
