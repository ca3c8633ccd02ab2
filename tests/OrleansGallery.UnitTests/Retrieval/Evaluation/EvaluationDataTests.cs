using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>Arrays that do not fit, with messages that say how.</summary>
public sealed class EvaluationDataTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(5000f)]
    public void Create_RowThatIsNoEmbedding_NamesIt(float component)
    {
        EmbeddingException error = Assert.Throws<EmbeddingException>(() =>
            new EvaluationData([1, 2, 3, component], 2, [0, 0], [0, 1], 1));
        Assert.StartsWith("Row 1: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ZeroRow_NamesIt() => Assert.Contains(
        "Row 0",
        Assert.Throws<EmbeddingException>(() => new EvaluationData([0, 0, 3, 4], 2, [0, 0], [0, 1], 1)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(3, 2, 2)]
    [InlineData(4, 3, 2)]
    [InlineData(4, 2, 3)]
    [InlineData(4, 2, 1)]
    public void Create_LengthsThatDiffer_NamesAll(int components, int labels, int facets)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new EvaluationData(
            [.. Enumerable.Repeat(1f, components)], 2, new long[labels], new long[facets], 1));
        Assert.Contains(
            $"{labels} labels, {facets} facets and {components} components of 2",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void Create_QueriesOutOfRange_NamesTheRange(int queries)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new EvaluationData([1, 2, 3, 4], 2, [0, 0], [0, 1], queries));
        Assert.Contains($"is {queries}; of 2 rows it may be 0 to 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(100_000)]
    public void Create_DimensionOutOfRange_IsRefused(int dimension) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationData([1, 2], dimension, [0, 0], [0, 1], 1));
}
