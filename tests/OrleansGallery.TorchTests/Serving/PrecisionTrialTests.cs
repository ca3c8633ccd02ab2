using System.Runtime.InteropServices;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Serving;

namespace OrleansGallery.TorchTests.Serving;

/// <summary>A precision that turns out to be of no use costs neither the model nor its memory.</summary>
public sealed class PrecisionTrialTests
{
    private readonly List<FakeWeights> _loaded = [];

    [Theory]
    [InlineData(true, ModelPrecision.BFloat16)]
    [InlineData(false, ModelPrecision.Float32)]
    public void ChooseOnProcessor_Both_KeepsTheBetterAndFreesTheOther(bool isBetter, ModelPrecision expected)
    {
        FakeWeights kept = PrecisionTrial.ChooseOnProcessor(Load, (_, _) => isBetter);
        Assert.Equal(expected, kept.Precision);
        Assert.Equal([kept], _loaded.Where(weights => !weights.IsFree));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ChooseOnProcessor_HalfFails_KeepsFloat32(bool whenLoading)
    {
        foreach (Exception failure in (Exception[])[new NativeFailure(), Memory()])
        {
            _loaded.Clear();
            FakeWeights kept = PrecisionTrial.ChooseOnProcessor(
                precision => whenLoading && precision == ModelPrecision.BFloat16 ? throw failure : Load(precision),
                (_, _) => throw failure);
            Assert.Equal(ModelPrecision.Float32, kept.Precision);
            Assert.Equal([kept], _loaded.Where(weights => !weights.IsFree));
        }
    }

    [Fact]
    public void ChooseOnProcessor_AnyOtherFailure_FreesBoth()
    {
        Assert.Throws<FormatException>(
            () => PrecisionTrial.ChooseOnProcessor<FakeWeights>(Load, (_, _) => throw new FormatException()));
        Assert.Equal(2, _loaded.Count);
        Assert.All(_loaded, weights => Assert.True(weights.IsFree));
    }

    [Theory]
    [InlineData("fine", ModelPrecision.Float16)]
    [InlineData("half is flawed", ModelPrecision.Float32)]
    [InlineData("both are flawed", ModelPrecision.Float32)]
    [InlineData("half fails", ModelPrecision.Float32)]
    public void ChooseOnGpu_Half_IsKeptWhereItIsOfUse(string state, ModelPrecision expected)
    {
        FakeWeights kept = PrecisionTrial.ChooseOnGpu(Load, weights => state switch
        {
            "half fails" => throw new NativeFailure(),
            "half is flawed" => weights.Precision == ModelPrecision.Float16 ? "is NaN" : null,
            "both are flawed" => "is NaN",
            _ => null,
        });
        Assert.Equal(expected, kept.Precision);
        Assert.Equal([kept], _loaded.Where(weights => !weights.IsFree));
    }

    [Fact]
    public void ChooseOnGpu_HalfIsFlawed_IsFreedBeforeFloat32NeedsItsMemory()
    {
        FakeWeights kept = PrecisionTrial.ChooseOnGpu(
            precision =>
            {
                Assert.All(_loaded, weights => Assert.True(weights.IsFree));
                return Load(precision);
            },
            weights => weights.Precision == ModelPrecision.Float16 ? "is NaN" : null);
        Assert.Equal(ModelPrecision.Float32, kept.Precision);
    }

    [Theory]
    [InlineData(new[] { 10, 10, 10 }, new[] { 9, 9, 9 }, false)]
    [InlineData(new[] { 10, 10, 10 }, new[] { 7, 90, 90 }, true)]
    [InlineData(new[] { 90, 8, 90 }, new[] { 7, 7, 7 }, false)]
    public void IsFaster_Timings_CountsTheBestOfEach(int[] plain, int[] half, bool expected)
    {
        (Queue<int> one, Queue<int> other) = (new(plain), new(half));
        Assert.Equal(expected, PrecisionTrial.IsFaster(
            () => TimeSpan.FromMilliseconds(one.Dequeue()), () => TimeSpan.FromMilliseconds(other.Dequeue())));
        Assert.Empty(one.Concat(other));
    }

    private static EmbeddingMemoryException Memory() => new(16, "cpu", new InvalidOperationException());

    private FakeWeights Load(ModelPrecision precision)
    {
        FakeWeights weights = new(precision);
        _loaded.Add(weights);
        return weights;
    }

    private sealed class NativeFailure : ExternalException;

    private sealed class FakeWeights(ModelPrecision precision) : IDisposable
    {
        public ModelPrecision Precision { get; } = precision;

        public bool IsFree { get; private set; }

        public void Dispose() => IsFree = true;
    }
}
