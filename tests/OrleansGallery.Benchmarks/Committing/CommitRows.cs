using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Committing;

/// <summary>Identities of one image each, ready to be committed: what an identity's grain sends to its
/// partition.</summary>
internal static class CommitRows
{
    /// <summary>Makes the changes.</summary>
    /// <param name="seed">Another seed, other vectors.</param>
    /// <param name="rows">How many.</param>
    /// <param name="dimension">Components of a vector.</param>
    /// <returns>One change per identity.</returns>
    public static IdentityChange[] Make(int seed, int rows, int dimension)
    {
        ClusteredRows source = new(seed, rows, dimension);
        return [.. Enumerable.Range(0, rows).AsParallel().AsOrdered().Select(row => Make(source, row))];
    }

    private static IdentityChange Make(ClusteredRows source, int row)
    {
        float[] vector = new float[source.Dimension];
        source.WriteRow(row, vector);
        VectorBytes embedding = VectorBytes.From(vector);
        IdentityCentroid centroid = new(source.Dimension);
        centroid.Add(string.Empty, vector);
        float[] unit = new float[source.Dimension];
        centroid.TryGetCentroid(unit);
        RunningCentroid facet = centroid.Find(string.Empty)!;
        byte[] sum = new byte[facet.SumBytes];
        facet.WriteSum(sum);
        byte[] content = SHA256.HashData(embedding.Bytes);
        return new IdentityChange
        {
            IdentityId = RowIds.Of(row),
            ExpectedVersion = 0,
            AddedImages =
            [
                new ImageToEnrol
                {
                    ImageId = Convert.ToHexStringLower(content),
                    Facet = string.Empty,
                    ContentHash = content,
                    Embedding = embedding,
                },
            ],
            RemovedImages = [],
            Facets = [new FacetSum { Facet = string.Empty, Count = 1, Sum = sum }],
            Count = 1,
            Centroid = VectorBytes.From(unit),
            Hash = centroid.ComputeHash(RowIds.Of(row)).ToByteArray(),
        };
    }
}
