using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>Rows to evaluate, written down one by one or drawn by a seed.</summary>
internal sealed class EvaluationCase
{
    private readonly List<(float[] Embedding, long Label, long Facet)> _queries = [];
    private readonly List<(float[] Embedding, long Label, long Facet)> _gallery = [];

    public int Queries => _queries.Count;

    public IReadOnlyList<(float[] Embedding, long Label, long Facet)> Rows => [.. _queries, .. _gallery];

    public EvaluationCase Query(long label, long facet, params float[] embedding)
    {
        _queries.Add((embedding, label, facet));
        return this;
    }

    public EvaluationCase Gallery(long label, long facet, params float[] embedding)
    {
        _gallery.Add((embedding, label, facet));
        return this;
    }

    public EvaluationData Data() => new(
        [.. Rows.SelectMany(row => row.Embedding)],
        Rows[0].Embedding.Length,
        [.. Rows.Select(row => row.Label)],
        [.. Rows.Select(row => row.Facet)],
        Queries);

    public EvaluationReport Run(EvaluationOptions options) =>
        RetrievalEvaluation.Run(Data(), options, TestContext.Current.CancellationToken);

    /// <summary>
    /// A small gallery: identities without queries, queries without gallery images, few cameras so that whole
    /// identities fall out. Of two dimensions components are quarters, so that many distances are equal to the last
    /// bit.
    /// </summary>
    public static EvaluationCase Random(Random random)
    {
        int dimension = random.Next(3) == 0 ? 6 : 2;
        int identities = random.Next(1, 9);
        int cameras = random.Next(1, 4);
        EvaluationCase drawn = new();
        for (int row = random.Next(1, 9); row > 0; row--)
        {
            drawn.Query(random.Next(identities), random.Next(cameras), Embedding(random, dimension));
        }

        for (int row = random.Next(1, 41); row > 0; row--)
        {
            drawn.Gallery(random.Next(identities + 2), random.Next(cameras), Embedding(random, dimension));
        }

        return drawn;
    }

    private static float[] Embedding(Random random, int dimension)
    {
        float[] embedding;
        do
        {
            embedding = [.. Enumerable.Range(0, dimension).Select(_ =>
                dimension == 2 ? random.Next(-2, 3) / 4f : (random.NextSingle() * 2) - 1)];
        }
        while (embedding.All(component => component == 0));

        return embedding;
    }
}
