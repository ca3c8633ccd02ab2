using OrleansGallery.Inference.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Networks;

/// <summary>Our layer against TorchSharp's own.</summary>
public sealed class BatchNormTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_TrainingAndEvaluation_EqualsTorchs(bool maps)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        BatchNorm ours = new(6);
        nn.Module<Tensor, Tensor> theirs = maps ? nn.BatchNorm2d(6) : nn.BatchNorm1d(6);
        Assert.Equal(
            theirs.state_dict().Keys.Order(StringComparer.Ordinal),
            ours.state_dict().Keys.Order(StringComparer.Ordinal));
        for (int step = 0; step < 3; step++)
        {
            Tensor input = maps ? randn(4, 6, 3, 5) : randn(4, 6);
            Assert.True(ours.call(input).allclose(theirs.call(input), 0, 0));
        }

        ours.eval();
        theirs.eval();
        Tensor last = maps ? randn(4, 6, 3, 5) : randn(4, 6);
        Assert.True(ours.call(last).allclose(theirs.call(last), 0, 0));
        foreach ((string name, Tensor value) in ours.state_dict())
        {
            Assert.True(value.allclose(theirs.state_dict()[name], 0, 0), name);
        }
    }
}
