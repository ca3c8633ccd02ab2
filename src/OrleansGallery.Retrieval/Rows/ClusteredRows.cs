namespace OrleansGallery.Retrieval;

/// <summary>
/// Signed rows in clusters: 128 latent dimensions under an orthonormal map, with isotropic noise of 10 % of the energy
/// per identity and 10 % per sample. A row is the mean of 4 samples, a query is one more.
/// </summary>
/// <remarks>The mean of 4 samples is drawn as one sample with a quarter of the variance, which is the same.</remarks>
public sealed class ClusteredRows : IRowSource
{
    /// <summary>The samples of which a row is the mean.</summary>
    public const int SamplesPerRow = 4;

    /// <summary>The energy of the noise per identity, and again per sample, as a share of the identities'.</summary>
    public const double NoiseShare = 0.10;

    private const int MostLatents = 128;

    private readonly int _seed;
    private readonly IdentityTree _tree;
    private readonly LatentMap _map;
    private readonly double _noise;

    /// <summary>Draws groups and map.</summary>
    /// <param name="seed">Another seed, other rows.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="dimension">The number of components.</param>
    public ClusteredRows(int seed, int count, int dimension)
    {
        _seed = seed;
        Count = count;
        Dimension = dimension;
        _tree = new(seed, Math.Min(MostLatents, dimension));
        _map = LatentMap.Orthonormal(seed, _tree.Latents, dimension);
        _noise = Math.Sqrt(NoiseShare * _tree.Energy / dimension);
    }

    /// <inheritdoc/>
    public string Description => $"clustered, signed ({_tree.Latents} latent dimensions)";

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void WriteRow(int row, Span<float> unit) =>
        Write(row, new(_seed, RowPurpose.Row, row), SamplesPerRow, unit);

    /// <inheritdoc/>
    public void WriteQuery(int query, Span<float> unit) =>
        Write(QueryTarget.Of(_seed, Count, query), new(_seed, RowPurpose.Query, query), 1, unit);

    private void Write(long identity, RandomBits bits, int samples, Span<float> unit)
    {
        Span<float> latent = stackalloc float[_tree.Latents];
        RandomBits shared = _tree.WriteIdentity(identity, latent);
        bits = _tree.AddSamples(bits, samples, latent);
        unit.Clear();
        _map.AddImage(latent, unit);
        shared.AddNormal((float)_noise, unit);
        bits.AddNormal((float)(_noise / Math.Sqrt(samples)), unit);
        QueryVector.Normalize(unit, unit);
    }
}
