using System.Buffers;
using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The exact state of one identity: a running centroid per facet, in ordinal order of the facets. A facet without
/// images does not exist, so equal images make equal states. Every change is checked before anything changes. Not
/// thread-safe.
/// </summary>
/// <remarks>
/// Ordinal order is <see cref="StringComparer.Ordinal"/>, the order of UTF-16 code units; it differs from that of UTF-8
/// bytes only where a character beyond U+FFFF meets one from U+E000 to U+FFFF.
/// </remarks>
public sealed class IdentityCentroid
{
    private readonly SortedList<string, RunningCentroid> _facets = new(StringComparer.Ordinal);

    /// <summary>An identity without images.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is outside
    /// <see cref="EmbeddingLimits"/>.</exception>
    public IdentityCentroid(int dimension)
    {
        EmbeddingLimits.ValidateDimension(dimension);
        Dimension = dimension;
    }

    /// <summary>The gallery's dimension.</summary>
    public int Dimension { get; }

    /// <summary>The number of images over all facets.</summary>
    public long Count { get; private set; }

    /// <summary>The facets that have images, in ordinal order.</summary>
    public IEnumerable<FacetCount> Facets => _facets.Select(facet => new FacetCount(facet.Key, facet.Value.Count));

    /// <summary>An identity as it was stored.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="facets">Each facet with its running centroid, which the identity takes over; in any order.</param>
    /// <exception cref="ArgumentException">A facet comes twice.</exception>
    /// <exception cref="EmbeddingException">A facet has another dimension, or there are too many images.</exception>
    public static IdentityCentroid FromFacets(
        int dimension, IEnumerable<KeyValuePair<string, RunningCentroid>> facets)
    {
        ArgumentNullException.ThrowIfNull(facets);
        IdentityCentroid identity = new(dimension);
        foreach ((string facet, RunningCentroid centroid) in facets)
        {
            if (centroid.Dimension != dimension)
            {
                throw EmbeddingException.WrongDimension(centroid.Dimension, dimension);
            }

            identity.CheckAdd(centroid.Count);
            if (centroid.Count > 0)
            {
                identity._facets.Add(facet, centroid);
                identity.Count += centroid.Count;
            }
        }

        return identity;
    }

    /// <summary>Adds an image.</summary>
    /// <param name="facet">Its facet; empty for none.</param>
    /// <param name="embedding">Its embedding.</param>
    /// <exception cref="EmbeddingException">The embedding or the count breaks a limit; nothing was changed.</exception>
    public void Add(string facet, ReadOnlySpan<float> embedding)
    {
        CheckAdd(1);
        RunningCentroid? known = Find(facet);
        RunningCentroid centroid = known ?? new(Dimension);
        centroid.Add(embedding);
        if (known is null)
        {
            _facets.Add(facet, centroid);
        }

        Count++;
    }

    /// <summary>Removes an image that was added.</summary>
    /// <param name="facet">The facet it was added to.</param>
    /// <param name="embedding">The same embedding as was added.</param>
    /// <exception cref="EmbeddingException">The image cannot have been added; nothing was changed.</exception>
    public void Remove(string facet, ReadOnlySpan<float> embedding)
    {
        EmbeddingLimits.Validate(embedding, Dimension);
        RunningCentroid centroid = Find(facet) ?? throw EmbeddingException.TooFewImages(0, 1);
        centroid.Remove(embedding);
        Count--;
        DropIfEmpty(facet, centroid);
    }

    /// <summary>Adds all images of another identity, facet by facet.</summary>
    /// <param name="other">It stays as it is.</param>
    /// <exception cref="EmbeddingException">Dimensions differ, or there would be too many images; nothing was
    /// changed.</exception>
    public void Merge(IdentityCentroid other)
    {
        CheckDimension(other);
        CheckAdd(other.Count);
        long count = Count + other.Count;
        foreach ((string facet, RunningCentroid centroid) in other._facets)
        {
            if (Find(facet) is { } known)
            {
                known.Merge(centroid);
            }
            else
            {
                _facets.Add(facet, centroid.Clone());
            }
        }

        Count = count;
    }

    /// <summary>Removes all images of another identity, facet by facet; each was added here (a split).</summary>
    /// <param name="other">It stays as it is.</param>
    /// <exception cref="EmbeddingException">Dimensions differ, or its images cannot all have been added; nothing was
    /// changed.</exception>
    public void Subtract(IdentityCentroid other)
    {
        CheckDimension(other);
        KeyValuePair<string, RunningCentroid>[] removed = [.. other._facets];
        foreach ((string facet, RunningCentroid centroid) in removed)
        {
            RunningCentroid known = Find(facet) ?? throw EmbeddingException.TooFewImages(0, centroid.Count);
            known.CheckSubtract(centroid);
        }

        long count = Count - other.Count;
        foreach ((string facet, RunningCentroid centroid) in removed)
        {
            RunningCentroid known = _facets[facet];
            known.Subtract(centroid);
            DropIfEmpty(facet, known);
        }

        Count = count;
    }

    /// <summary>The running centroid of a facet, to be read or stored.</summary>
    /// <param name="facet">The facet; empty for images without one.</param>
    /// <returns>Null where the facet has no images (then nothing of it is stored).</returns>
    public RunningCentroid? Find(string facet)
    {
        ArgumentNullException.ThrowIfNull(facet);
        return _facets.GetValueOrDefault(facet);
    }

    /// <summary>An independent copy.</summary>
    public IdentityCentroid Clone() => FromFacets(
        Dimension, _facets.Select(facet => KeyValuePair.Create(facet.Key, facet.Value.Clone())));

    /// <summary>Writes the centroid as it is searched: the mean of all embeddings, L2-normalised.</summary>
    /// <param name="unit"><see cref="Dimension"/> components.</param>
    /// <returns>False where there is no image, or the sum is exactly zero: there is no direction to search.</returns>
    public bool TryGetCentroid(Span<float> unit) => TryGetCentroid(null, unit);

    /// <summary>Writes the centroid of all images but those of one facet: (S - S_c) / (n - n_c),
    /// L2-normalised.</summary>
    /// <param name="facet">The facet left out; it need not exist.</param>
    /// <param name="unit"><see cref="Dimension"/> components.</param>
    /// <returns>False where no image is left, or their sum is exactly zero.</returns>
    public bool TryGetCentroidExcept(string facet, Span<float> unit)
    {
        ArgumentNullException.ThrowIfNull(facet);
        return TryGetCentroid(facet, unit);
    }

    /// <summary>What is left without each of the facets: as <see cref="TryGetCentroidExcept"/>, for all at once.
    /// </summary>
    /// <returns>One per facet, in ordinal order.</returns>
    public IReadOnlyList<FacetRow> WithoutEachFacet()
    {
        // Most identities have no facets, or one.
        if (_facets.Count == 1)
        {
            return [new FacetRow(_facets.Keys[0], 0, null)];
        }

        long[] total = new long[Dimension];
        foreach (RunningCentroid centroid in _facets.Values)
        {
            TensorPrimitives.Add(total, centroid.Sum, total);
        }

        long[] left = new long[Dimension];
        double[] mean = new double[Dimension];
        return
        [
            .. _facets.Select(facet =>
            {
                long count = Count - facet.Value.Count;
                float[]? unit = count == 0 ? null : new float[Dimension];
                if (unit is not null)
                {
                    TensorPrimitives.Subtract(total, facet.Value.Sum, left);
                    ToMean(left, count, mean);
                }

                return new FacetRow(
                    facet.Key, count, unit is not null && UnitVector.TryNormalize(mean, unit) ? unit : null);
            }),
        ];
    }

    /// <summary>Writes the mean of all raw embeddings but those of one facet, not normalised.</summary>
    /// <param name="facet">The facet left out; null for none.</param>
    /// <param name="mean"><see cref="Dimension"/> components.</param>
    /// <returns>The number of images in it; 0 leaves zeros.</returns>
    public long GetMeanExcept(string? facet, Span<double> mean) =>
        mean.Length == Dimension
            ? GetMean(facet, mean)
            : throw new ArgumentException($"{mean.Length} components for a dimension of {Dimension}.", nameof(mean));

    /// <summary>The identity's hash, equal for equal content on any machine and backend.</summary>
    /// <param name="identityId">The identity's id.</param>
    /// <returns>Zero for an identity without images: it counts for nothing in its partition's hash.</returns>
    public Hash256 ComputeHash(string identityId)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        return Count == 0 ? default : IdentityHash.Compute(identityId, _facets);
    }

    private bool TryGetCentroid(string? except, Span<float> unit)
    {
        if (unit.Length != Dimension)
        {
            throw new ArgumentException($"{unit.Length} components for a dimension of {Dimension}.", nameof(unit));
        }

        double[] rented = ArrayPool<double>.Shared.Rent(Dimension);
        Span<double> mean = rented.AsSpan(0, Dimension);
        _ = GetMean(except, mean);
        bool hasDirection = UnitVector.TryNormalize(mean, unit);
        ArrayPool<double>.Shared.Return(rented);
        return hasDirection;
    }

    private long GetMean(string? except, Span<double> mean)
    {
        long[] rented = ArrayPool<long>.Shared.Rent(Dimension);
        Span<long> sum = rented.AsSpan(0, Dimension);
        sum.Clear();
        long count = 0;
        foreach ((string facet, RunningCentroid centroid) in _facets)
        {
            if (facet != except)
            {
                TensorPrimitives.Add(sum, centroid.Sum, sum);
                count += centroid.Count;
            }
        }

        ToMean(sum, count, mean);
        ArrayPool<long>.Shared.Return(rented);
        return count;
    }

    private static void ToMean(ReadOnlySpan<long> sum, long count, Span<double> mean)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = (double)sum[i] / Math.Max(count, 1) / (1L << EmbeddingLimits.FractionBits);
        }
    }

    private void CheckAdd(long images)
    {
        if (Count + images > EmbeddingLimits.MaxImages)
        {
            throw EmbeddingException.TooManyImages(Count + images);
        }
    }

    private void CheckDimension(IdentityCentroid other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Dimension != Dimension)
        {
            throw EmbeddingException.WrongDimension(other.Dimension, Dimension);
        }
    }

    private void DropIfEmpty(string facet, RunningCentroid centroid)
    {
        if (centroid.Count == 0)
        {
            _facets.Remove(facet);
        }
    }
}
