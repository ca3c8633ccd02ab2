using OrleansGallery.Retrieval;

namespace OrleansGallery.ClusterTests;

/// <summary>What a search must answer: every row compared under the canonical score.</summary>
internal sealed class BruteForce
{
    private readonly Dictionary<string, float[]> _rows = new(StringComparer.Ordinal);

    /// <summary>An identity of one image.</summary>
    public void Put(string identityId, float[] vector)
    {
        IdentityCentroid centroid = new(vector.Length);
        centroid.Add("", vector);
        float[] unit = new float[vector.Length];
        Assert.True(centroid.TryGetCentroid(unit));
        _rows[identityId] = unit;
    }

    public void Remove(string identityId) => Assert.True(_rows.Remove(identityId));

    public RowChange[] ToChanges() => [.. _rows.Select(row => new RowChange(row.Key, 1, row.Value))];

    public (string Id, double Score)[] Search(float[] query, int top)
    {
        float[] unit = QueryVector.Normalize(query);
        return [.. _rows
            .Select(row => (row.Key, Score: CanonicalScore.Score(unit, row.Value)))
            .OrderByDescending(row => row.Score).ThenBy(row => row.Key, StringComparer.Ordinal).Take(top)];
    }
}
