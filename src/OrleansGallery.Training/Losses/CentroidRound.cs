using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// One round of the centroid triplet loss: of every identity that has a real i-th image and another real one, that
/// image is the query and the mean of its other real images the centroid.
/// </summary>
internal sealed class CentroidRound
{
    private CentroidRound(IReadOnlyList<int> queryRows, IReadOnlyList<long> identities, float[] weights)
    {
        QueryRows = queryRows;
        Identities = identities;
        Weights = weights;
    }

    /// <summary>The query's row, one per participant.</summary>
    public IReadOnlyList<int> QueryRows { get; }

    /// <summary>The participants.</summary>
    public IReadOnlyList<long> Identities { get; }

    /// <summary>[participants, rows]: the share of each row in each participant's centroid.</summary>
    internal float[] Weights { get; }

    /// <summary>Plans a batch's rounds, those without two participants included.</summary>
    /// <returns>K rounds.</returns>
    public static IReadOnlyList<CentroidRound> Plan(BatchRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return [.. Enumerable.Range(0, rows.ImagesPerIdentity).Select(number => Plan(rows, number))];
    }

    /// <summary>Picks the queries.</summary>
    /// <param name="embeddings">[N, D].</param>
    /// <returns>[participants, D].</returns>
    public Tensor Queries(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        using Tensor index = tensor([.. QueryRows.Select(row => (long)row)], device: embeddings.device);
        return embeddings.index_select(0, index);
    }

    /// <summary>Averages the centroids.</summary>
    /// <param name="embeddings">[N, D].</param>
    /// <returns>[participants, D].</returns>
    public Tensor Centroids(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        using DisposeScope scope = NewDisposeScope();
        Tensor shares = tensor(Weights, device: embeddings.device).reshape(QueryRows.Count, embeddings.shape[0]);
        return shares.matmul(embeddings).MoveToOuterDisposeScope();
    }

    private static CentroidRound Plan(BatchRows rows, int number)
    {
        List<int> queries = [];
        for (int group = 0; group < rows.Groups; group++)
        {
            int query = (group * rows.ImagesPerIdentity) + number;
            if (rows.IsReal[query] && rows.RealIn(group) > 1)
            {
                queries.Add(query);
            }
        }

        float[] weights = new float[queries.Count * rows.Count];
        for (int i = 0; i < queries.Count; i++)
        {
            int group = queries[i] / rows.ImagesPerIdentity;
            float share = 1f / (rows.RealIn(group) - 1);
            for (int row = group * rows.ImagesPerIdentity; row < (group + 1) * rows.ImagesPerIdentity; row++)
            {
                weights[(i * rows.Count) + row] = rows.IsReal[row] && row != queries[i] ? share : 0;
            }
        }

        return new CentroidRound(queries, [.. queries.Select(row => rows.Identities[row])], weights);
    }
}
