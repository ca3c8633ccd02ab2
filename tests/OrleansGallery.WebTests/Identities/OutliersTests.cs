using OrleansGallery.Contracts;
using OrleansGallery.Web;

namespace OrleansGallery.WebTests.Identities;

public sealed class OutliersTests
{
    [Theory]
    [InlineData("", 0.9, 0.92, 0.88, 0.91, 0.9)]
    [InlineData("5", 0.9, 0.92, 0.88, 0.91, 0.9, 0.4)]
    [InlineData("0 5", 0.1, 0.92, 0.88, 0.91, 0.9, 0.4)]
    // As good as equal: all of them are within 0.05.
    [InlineData("", 0.9999, 0.9999, 0.9999, 0.96)]
    // Of two, neither is the odd one.
    [InlineData("", 0.9, 0.1)]
    public void Of_Scores_AreThoseThatAreFarFromTheOthers(string expected, params double[] scores)
    {
        IReadOnlySet<string> found = Outliers.Of([.. scores.Select((score, i) => Image(i, score))]);

        Assert.Equal(expected, string.Join(' ', found.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Of_ImagesWithoutAScore_AreNotLookedAt()
    {
        Assert.Empty(Outliers.Of([Image(0, null), Image(1, null), Image(2, 0.1), Image(3, 0.9)]));
    }

    private static ImageInsightResponse Image(int number, double? score) => new()
    {
        ImageId = $"{number}", Facet = string.Empty, ScoreWithout = score,
    };
}
