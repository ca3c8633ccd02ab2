using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class EmbeddingLimitsTests
{
    [Theory]
    [InlineData(float.NaN, EmbeddingFault.NotFinite)]
    [InlineData(float.PositiveInfinity, EmbeddingFault.NotFinite)]
    [InlineData(float.NegativeInfinity, EmbeddingFault.NotFinite)]
    [InlineData(4096.0005f, EmbeddingFault.ComponentTooLarge)]
    [InlineData(-4096.0005f, EmbeddingFault.ComponentTooLarge)]
    [InlineData(float.MaxValue, EmbeddingFault.ComponentTooLarge)]
    public void Validate_BadComponentAnywhere_NamesTheFault(float bad, EmbeddingFault fault)
    {
        foreach (int dimension in (int[])[1, 3, 8, 33, 512])
        {
            for (int at = 0; at < dimension; at++)
            {
                float[] embedding = [.. Enumerable.Repeat(0.5f, dimension)];
                embedding[at] = bad;
                EmbeddingException error = Assert.Throws<EmbeddingException>(
                    () => EmbeddingLimits.Validate(embedding, dimension));
                Assert.Equal(fault, error.Fault);
                Assert.Equal(fault == EmbeddingFault.NotFinite, error.Message.StartsWith($"Component {at} "));
            }
        }
    }

    [Fact]
    public void Validate_InfinityBesideTooLarge_IsNotFinite()
    {
        EmbeddingException error = Assert.Throws<EmbeddingException>(
            () => EmbeddingLimits.Validate([5000, float.PositiveInfinity], 2));
        Assert.Equal(EmbeddingFault.NotFinite, error.Fault);
    }

    [Fact]
    public void Validate_AllZero_IsZeroVector()
    {
        EmbeddingException error = Assert.Throws<EmbeddingException>(
            () => EmbeddingLimits.Validate([0, -0f, 0], 3));
        Assert.Equal(EmbeddingFault.ZeroVector, error.Fault);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(0, 0)]
    public void Validate_OtherDimension_IsWrongDimension(int actual, int dimension)
    {
        EmbeddingException error = Assert.Throws<EmbeddingException>(
            () => EmbeddingLimits.Validate(new float[actual], dimension));
        Assert.Equal(EmbeddingFault.WrongDimension, error.Fault);
    }

    [Fact]
    public void Validate_AtTheLimits_Passes()
    {
        EmbeddingLimits.Validate([4096, -4096, 0], 3);
        EmbeddingLimits.Validate([float.Epsilon, 0], 2);
    }

    [Fact]
    public void Limits_Together_FitAnInt64()
    {
        Assert.Equal(1L << 62, checked(
            ((long)EmbeddingLimits.MaxComponent << EmbeddingLimits.FractionBits) * EmbeddingLimits.MaxImages));
    }
}
