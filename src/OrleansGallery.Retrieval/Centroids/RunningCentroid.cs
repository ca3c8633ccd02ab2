using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The mean of the embeddings of one facet, kept as an exact fixed point sum and a count. Integer addition is
/// associative and exact: the order of arrival does not matter, and removing what was added gives back the same bits.
/// Not thread-safe.
/// </summary>
/// <remarks>
/// Every component of the sum stays within count x 2^42 (component limit x 2^30). So no sum can overflow, an empty
/// facet's sum is zero, and a removal of what was never added is refused as soon as it would break this.
/// </remarks>
public sealed class RunningCentroid
{
    private const long MaxFixedPoint = (long)EmbeddingLimits.MaxComponent << EmbeddingLimits.FractionBits;

    // Components converted at a time, on the stack.
    private const int BlockLength = 256;

    private readonly long[] _sum;

    /// <summary>An empty running centroid.</summary>
    /// <param name="dimension">The number of components.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is outside
    /// <see cref="EmbeddingLimits"/>.</exception>
    public RunningCentroid(int dimension)
    {
        EmbeddingLimits.ValidateDimension(dimension);
        _sum = new long[dimension];
    }

    /// <summary>A running centroid as it was stored.</summary>
    /// <param name="count">The number of images.</param>
    /// <param name="sum">What <see cref="WriteSum"/> wrote: one little-endian int64 per component.</param>
    /// <exception cref="ArgumentException">Count and sum cannot belong together.</exception>
    public RunningCentroid(long count, ReadOnlySpan<byte> sum)
        : this(sum.Length / sizeof(long))
    {
        if (sum.Length % sizeof(long) != 0)
        {
            throw new ArgumentException($"A sum of {sum.Length} bytes is no sequence of int64.", nameof(sum));
        }

        if (count is < 0 or > EmbeddingLimits.MaxImages)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"0 to {EmbeddingLimits.MaxImages} images.");
        }

        for (int i = 0; i < _sum.Length; i++)
        {
            _sum[i] = BinaryPrimitives.ReadInt64LittleEndian(sum[(i * sizeof(long))..]);
            if (_sum[i] < -count * MaxFixedPoint || _sum[i] > count * MaxFixedPoint)
            {
                throw new ArgumentException($"Component {i} of the sum, {_sum[i]}, is too large for {count} images.");
            }
        }

        Count = count;
    }

    private RunningCentroid(RunningCentroid original)
    {
        _sum = [.. original._sum];
        Count = original.Count;
    }

    /// <summary>The number of components.</summary>
    public int Dimension => _sum.Length;

    /// <summary>The number of images in the sum.</summary>
    public long Count { get; private set; }

    /// <summary>The sum of the embeddings in fixed point: value x 2^30.</summary>
    public ReadOnlySpan<long> Sum => _sum;

    /// <summary>The length of what <see cref="WriteSum"/> writes, in bytes.</summary>
    public int SumBytes => _sum.Length * sizeof(long);

    /// <summary>Adds an image.</summary>
    /// <param name="embedding">Its embedding.</param>
    /// <exception cref="EmbeddingException">The embedding or the count breaks a limit; nothing was changed.</exception>
    public void Add(ReadOnlySpan<float> embedding)
    {
        EmbeddingLimits.Validate(embedding, Dimension);
        CheckAdd(1);
        Span<long> block = stackalloc long[BlockLength];
        for (int start = 0; start < Dimension; start += BlockLength)
        {
            Span<long> sum = _sum.AsSpan(start, Math.Min(BlockLength, Dimension - start));
            FixedPoint.Convert(embedding.Slice(start, sum.Length), block);
            TensorPrimitives.Add(sum, block[..sum.Length], sum);
        }

        Count++;
    }

    /// <summary>Removes an image that was added.</summary>
    /// <param name="embedding">The same embedding as was added.</param>
    /// <exception cref="EmbeddingException">The embedding breaks a limit or cannot have been added; nothing was
    /// changed.</exception>
    public void Remove(ReadOnlySpan<float> embedding)
    {
        EmbeddingLimits.Validate(embedding, Dimension);
        if (Count == 0)
        {
            throw EmbeddingException.TooFewImages(0, 1);
        }

        Subtract(embedding, apply: false);
        Subtract(embedding, apply: true);
        Count--;
    }

    /// <summary>Adds all images of another running centroid.</summary>
    /// <param name="other">It stays as it is.</param>
    /// <exception cref="EmbeddingException">Dimensions differ, or there would be too many images; nothing was
    /// changed.</exception>
    public void Merge(RunningCentroid other)
    {
        CheckDimension(other);
        CheckAdd(other.Count);
        TensorPrimitives.Add(_sum, other._sum, _sum);
        Count += other.Count;
    }

    /// <summary>Removes all images of another running centroid, each of which was added.</summary>
    /// <param name="other">It stays as it is.</param>
    /// <exception cref="EmbeddingException">Dimensions differ, or its images cannot all have been added; nothing was
    /// changed.</exception>
    public void Subtract(RunningCentroid other)
    {
        CheckSubtract(other);
        long count = Count - other.Count;
        TensorPrimitives.Subtract(_sum, other._sum, _sum);
        Count = count;
    }

    /// <summary>An independent copy.</summary>
    public RunningCentroid Clone() => new(this);

    /// <summary>Writes the sum as it is stored and hashed: one little-endian int64 per component.</summary>
    /// <param name="destination">At least <see cref="SumBytes"/> bytes.</param>
    public void WriteSum(Span<byte> destination)
    {
        Span<byte> bytes = destination[..SumBytes];
        for (int i = 0; i < _sum.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(i * sizeof(long))..], _sum[i]);
        }
    }

    /// <summary>Throws unless <see cref="Subtract(RunningCentroid)"/> would succeed.</summary>
    internal void CheckSubtract(RunningCentroid other)
    {
        CheckDimension(other);
        long count = Count - other.Count;
        if (count < 0)
        {
            throw EmbeddingException.TooFewImages(Count, other.Count);
        }

        Span<long> block = stackalloc long[BlockLength];
        for (int start = 0; start < Dimension; start += BlockLength)
        {
            Span<long> left = block[..Math.Min(BlockLength, Dimension - start)];
            TensorPrimitives.Subtract(Sum.Slice(start, left.Length), other.Sum.Slice(start, left.Length), left);
            CheckMagnitude(left, count);
        }
    }

    private static void CheckMagnitude(ReadOnlySpan<long> sum, long count)
    {
        if (Math.Abs(TensorPrimitives.MaxMagnitude(sum)) > count * MaxFixedPoint)
        {
            throw EmbeddingException.NeverAdded(count);
        }
    }

    private void Subtract(ReadOnlySpan<float> embedding, bool apply)
    {
        Span<long> block = stackalloc long[BlockLength];
        for (int start = 0; start < Dimension; start += BlockLength)
        {
            Span<long> sum = _sum.AsSpan(start, Math.Min(BlockLength, Dimension - start));
            Span<long> left = block[..sum.Length];
            FixedPoint.Convert(embedding.Slice(start, sum.Length), left);
            TensorPrimitives.Subtract(sum, left, left);
            if (apply)
            {
                left.CopyTo(sum);
            }
            else
            {
                CheckMagnitude(left, Count - 1);
            }
        }
    }

    private void CheckAdd(long images)
    {
        if (Count + images > EmbeddingLimits.MaxImages)
        {
            throw EmbeddingException.TooManyImages(Count + images);
        }
    }

    private void CheckDimension(RunningCentroid other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Dimension != Dimension)
        {
            throw EmbeddingException.WrongDimension(other.Dimension, Dimension);
        }
    }
}
