using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class QueryVectorTests
{
    [Fact]
    public void Normalize_AnyEmbedding_HasLengthOneAndTheSameDirection()
    {
        Assert.Equal([0.6f, -0.8f], QueryVector.Normalize([3, -4]));
        Random random = new(12);
        for (int dimension = 1; dimension < 600; dimension += 7)
        {
            float[] embedding = TestVectors.Embedding(random, dimension);
            float[] unit = QueryVector.Normalize(embedding);
            Assert.Equal(1, CanonicalScore.Score(unit, unit), 1e-6);
            Assert.True(CanonicalScore.Score(unit, embedding) > 0);
            QueryVector.Normalize(embedding, embedding);
            Assert.Equal(unit, embedding);
        }
    }

    [Theory]
    [InlineData(float.Epsilon)]
    [InlineData(1e-30f)]
    [InlineData(4096f)]
    public void Normalize_ExtremeMagnitude_IsExact(float component)
    {
        Assert.Equal([0.5f, -0.5f, 0.5f, -0.5f], QueryVector.Normalize([component, -component, component, -component]));
    }

    [Theory]
    [InlineData(float.NaN, EmbeddingFault.NotFinite)]
    [InlineData(float.PositiveInfinity, EmbeddingFault.NotFinite)]
    [InlineData(5000f, EmbeddingFault.ComponentTooLarge)]
    [InlineData(0f, EmbeddingFault.ZeroVector)]
    public void Normalize_BadEmbedding_NamesTheFault(float component, EmbeddingFault fault)
    {
        Assert.Equal(fault, Assert.Throws<EmbeddingException>(() => QueryVector.Normalize([0, component])).Fault);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(EmbeddingLimits.MaxDimension + 1)]
    public void Normalize_NoDimension_Throws(int dimension)
    {
        Assert.Equal(
            EmbeddingFault.WrongDimension,
            Assert.Throws<EmbeddingException>(() => QueryVector.Normalize(new float[dimension])).Fault);
    }

    [Fact]
    public void Merge_PartialAnswers_KeepsTheBestInOrder()
    {
        Match[] first = [new("b", 0.9, 1), new("c", 0.5, 2)];
        Match[] second = [new("a", 0.9, 3), new("B", 0.9, 4), new("d", 0.4, 5)];
        Assert.Equal(
            [new("B", 0.9, 4), new("a", 0.9, 3), new("b", 0.9, 1), new("c", 0.5, 2)],
            MatchOrder.Merge([first, second], 4));
        Assert.Empty(MatchOrder.Merge([], 3));
    }
}
