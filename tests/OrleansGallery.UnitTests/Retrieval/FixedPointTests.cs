using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class FixedPointTests
{
    [Theory]
    [InlineData(1, 0)] // 0.5
    [InlineData(3, 2)] // 1.5
    [InlineData(5, 2)] // 2.5
    [InlineData(7, 4)] // 3.5
    [InlineData(16777215, 8388608)] // 8388607.5
    [InlineData(16777213, 8388606)] // 8388606.5
    public void FromSingle_Halves_RoundToEven(int halves, long expected)
    {
        float value = MathF.ScaleB(halves, -31);
        Assert.Equal(expected, ScalarFixedPoint.FromSingle(value));
        Assert.Equal(-expected, ScalarFixedPoint.FromSingle(-value));
    }

    [Theory]
    [InlineData(4096f, 1L << 42)]
    [InlineData(-4096f, -(1L << 42))]
    [InlineData(1f, 1L << 30)]
    [InlineData(float.Epsilon, 0)]
    [InlineData(0f, 0)]
    public void FromSingle_KnownValues_AreExact(float value, long expected)
    {
        Assert.Equal(expected, ScalarFixedPoint.FromSingle(value));
    }

    [Fact]
    public void Convert_AnyComponents_EqualsScalarOracle()
    {
        Random random = new(2);
        for (int length = 0; length < 300; length++)
        {
            float[] embedding = new float[length];
            for (int i = 0; i < length; i++)
            {
                embedding[i] = random.Next(4) switch
                {
                    0 => MathF.ScaleB(random.Next(-(1 << 24), 1 << 24), -31), // exact halves among them
                    1 => (random.NextSingle() - 0.5f) * 8192,
                    2 => random.Next(2) == 0 ? 4096 : -4096,
                    _ => TestVectors.AnyComponent(random),
                };
            }

            long[] actual = new long[length];
            FixedPoint.Convert(embedding, actual);
            Assert.Equal([.. embedding.Select(ScalarFixedPoint.FromSingle)], actual);
        }
    }
}
