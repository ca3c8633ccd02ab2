using OrleansGallery.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>Triplet losses on the neck's output.</summary>
public sealed class NeckTripletTests
{
    private static readonly LossOptions Options = new() { CrossEntropyWeight = 0, CenterWeight = 0, Normalize = true };

    [Fact]
    public void Compute_OnNeck_IsTheLossOfWhatTheNeckGives()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pooled = Rows();
        BatchRows rows = new([0, 0, 1, 1, 2, 2], [true, true, true, true, true, true], 2);
        float onNeck = Loss(Options with { TripletsOnNeck = true }, pooled, Halved, rows);
        Assert.Equal(Loss(Options, Halved(pooled), x => x, rows), onNeck);
        Assert.NotEqual(Loss(Options, pooled, Halved, rows), onNeck);
    }

    [Fact]
    public void Compute_OnNeckWithMocks_LeavesThemOut()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pooled = Rows();
        BatchRows rows = new([0, 0, 1, 1, 2, 2], [true, true, true, false, true, true], 2);
        using Tensor mask = tensor((float[])[1, 1, 1, 0, 1, 1]).unsqueeze(1);
        Tensor seen = pooled.mul(mask).detach().requires_grad_();
        using CtlObjective objective = new(Options with { TripletsOnNeck = true }, 3, 4, CPU);
        int given = 0;
        LossTerms terms = objective.Compute(
            seen,
            x =>
            {
                given = (int)x.shape[0];
                return Halved(x);
            },
            rows);
        terms.Total.backward();
        Assert.Equal(5, given);
        Assert.All(seen.grad![3].data<float>().ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(seen.grad[0].data<float>().ToArray(), value => value != 0);
        Assert.Equal(Loss(Options, Halved(seen), x => x, rows), terms.Total.cpu().data<float>()[0]);
    }

    [Fact]
    public void PlaceReal_AfterSelectReal_GivesTheTableBackWithMocksAtZero()
    {
        using DisposeScope scope = NewDisposeScope();
        BatchRows rows = new([0, 0, 1, 1], [true, false, true, true], 2);
        Tensor table = arange(8, dtype: float32).reshape(4, 2);
        float[] placed = rows.PlaceReal(rows.SelectReal(table)).data<float>().ToArray();
        Assert.Equal([0, 1, 0, 0, 4, 5, 6, 7], placed);
    }

    // A neck that is no similarity: normalised vectors differ before and after.
    private static Tensor Halved(Tensor pooled)
    {
        using Tensor factors = tensor((float[])[0.5f, 1, 2, 1]);
        return pooled.mul(factors);
    }

    private static float Loss(LossOptions options, Tensor pooled, Func<Tensor, Tensor> neck, BatchRows rows)
    {
        using CtlObjective objective = new(options, 3, 4, CPU);
        return objective.Compute(pooled, neck, rows).Total.cpu().data<float>()[0];
    }

    private static Tensor Rows()
    {
        Random random = new(9);
        return tensor([.. Enumerable.Range(0, 24).Select(_ => (2 * random.NextSingle()) - 1)]).reshape(6, 4);
    }
}
