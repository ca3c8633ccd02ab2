namespace OrleansGallery.Retrieval;

/// <summary>Embeddings to evaluate: the queries first, then the gallery.</summary>
public sealed class EvaluationData
{
    private readonly float[] _embeddings;
    private readonly long[] _labels;
    private readonly long[] _facets;

    /// <summary>Takes arrays over; they must not be changed any more.</summary>
    /// <param name="embeddings">Raw embeddings, row-major [N, dimension].</param>
    /// <param name="dimension">Components of an embedding.</param>
    /// <param name="labels">Each row's identity, [N].</param>
    /// <param name="facets">Each row's facet (camera), [N].</param>
    /// <param name="queries">How many rows, from the first on, are queries.</param>
    /// <exception cref="ArgumentException">Lengths do not fit together, or there is no gallery.</exception>
    /// <exception cref="EmbeddingException">A row is no embedding; the message names it.</exception>
    public EvaluationData(float[] embeddings, int dimension, long[] labels, long[] facets, int queries)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(facets);
        EmbeddingLimits.ValidateDimension(dimension);
        if (embeddings.Length != (long)labels.Length * dimension || facets.Length != labels.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} labels, {facets.Length} facets and {embeddings.Length} components of {dimension} "
                + "per row do not fit together.");
        }

        if (queries < 0 || queries >= labels.Length)
        {
            throw new ArgumentException(
                $"The number of queries is {queries}; of {labels.Length} rows it may be 0 to {labels.Length - 1}, so "
                + "that a gallery is left.");
        }

        (_embeddings, _labels, _facets, Dimension, Queries) = (embeddings, labels, facets, dimension, queries);
        for (int row = 0; row < labels.Length; row++)
        {
            try
            {
                EmbeddingLimits.Validate(Embedding(row), dimension);
            }
            catch (EmbeddingException exception)
            {
                throw new EmbeddingException(exception.Fault, $"Row {row}: {exception.Message}");
            }
        }
    }

    /// <summary>Components of an embedding.</summary>
    public int Dimension { get; }

    /// <summary>The number of queries.</summary>
    public int Queries { get; }

    /// <summary>The number of gallery images.</summary>
    public int Gallery => _labels.Length - Queries;

    /// <summary>Each row's identity, queries first.</summary>
    public ReadOnlySpan<long> Labels => _labels;

    /// <summary>Each row's facet, queries first.</summary>
    public ReadOnlySpan<long> Facets => _facets;

    /// <summary>A row's embedding.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The raw embedding.</returns>
    public ReadOnlySpan<float> Embedding(int row) => _embeddings.AsSpan(row * Dimension, Dimension);
}
