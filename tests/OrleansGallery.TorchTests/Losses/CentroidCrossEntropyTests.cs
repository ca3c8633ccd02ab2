using OrleansGallery.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Losses;

public sealed class CentroidCrossEntropyTests
{
    // Two identities of three images in the plane; the second has two only.
    private static readonly double[][] Vectors = [[2, 0], [1, 1], [1, 0.5], [0, 3], [-1, 1], [0, 0]];
    private static readonly BatchRows Rows = new([7, 7, 7, 9, 9, 9], [true, true, true, true, true, false], 3);

    [Fact]
    public void Compute_ASmallBatch_EqualsTheDefinition()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor embeddings = tensor([.. Vectors.SelectMany(v => v).Select(v => (float)v)]).reshape(6, 2);
        embeddings.requires_grad_(true);
        Tensor loss = CentroidCrossEntropy.Compute(embeddings, Rows, 0.5);

        // Rounds 0 and 1 have both identities; in round 2 the second has no image.
        double expected = (Round([0, 3], [[1, 2], [4]]) + Round([1, 4], [[0, 2], [3]])) / 2;
        Assert.Equal(expected, loss.ToSingle(), 1e-5);
        loss.backward();
        float[] gradient = embeddings.grad!.data<float>().ToArray();
        Assert.All(gradient[..10].Chunk(2), row => Assert.InRange(Math.Abs(row[0]) + Math.Abs(row[1]), 1e-3, 1e3));
        Assert.Equal([0f, 0f], gradient[10..]);
    }

    [Fact]
    public void Compute_OneIdentity_IsZeroWithAGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor embeddings = ones(2, 3);
        embeddings.requires_grad_(true);
        Tensor loss = CentroidCrossEntropy.Compute(embeddings, new BatchRows([1, 1], [true, true], 2), 0.1);
        Assert.Equal(0, loss.ToSingle());
        loss.backward();
        Assert.NotNull(embeddings.grad);
    }

    [Fact]
    public void Objective_OverCentroidsAlone_IsNotLoggedAsTheOtherCrossEntropy()
    {
        using DisposeScope scope = NewDisposeScope();
        LossOptions options = new()
        {
            CrossEntropyWeight = 0, CentroidCrossEntropyWeight = 1, TripletWeight = 0, CenterWeight = 0,
            CentroidTripletWeight = 0,
        };
        using CtlObjective objective = new(options, 10, 2, CPU);
        Tensor embeddings = tensor([.. Vectors.SelectMany(v => v).Select(v => (float)v)]).reshape(6, 2);

        LossTerms terms = objective.Compute(embeddings, neck => neck, Rows);

        Assert.Null(terms.CrossEntropy);
        Assert.Equal(terms.Total.ToSingle(), terms.CentroidCrossEntropy!.ToSingle());
    }

    private static double Round(int[] queries, int[][] others)
    {
        double[][] centroids =
        [
            .. others.Select(rows => Unit([rows.Average(r => Vectors[r][0]), rows.Average(r => Vectors[r][1])])),
        ];
        return queries.Index().Average(item =>
        {
            double[] query = Unit(Vectors[item.Item]);
            double[] logits = [.. centroids.Select(c => ((query[0] * c[0]) + (query[1] * c[1])) / 0.5)];
            return Math.Log(logits.Sum(Math.Exp)) - logits[item.Index];
        });
    }

    private static double[] Unit(double[] v)
    {
        double length = Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]));
        return [v[0] / length, v[1] / length];
    }
}
